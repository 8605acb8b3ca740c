// What tests use of the system: PostgreSQL, nginx, Caddy, and the checker that comes with Prometheus, installed by apt where that is possible.
import { existsSync, readdirSync } from "node:fs";
import { runCommand } from "./toolchain.mjs";

const postgresRoot = "/usr/lib/postgresql";

const servers = [
  {
    packageName: "postgresql",
    isInstalled: () =>
      existsSync(postgresRoot) &&
      readdirSync(postgresRoot).some((version) => existsSync(`${postgresRoot}/${version}/bin/initdb`)),
  },
  { packageName: "nginx", isInstalled: () => existsSync("/usr/sbin/nginx") },
  { packageName: "caddy", isInstalled: () => existsSync("/usr/bin/caddy") },
  { packageName: "prometheus", isInstalled: () => existsSync("/usr/bin/promtool") },
];

/** Installs what is missing where that can be done; says which tests will be skipped otherwise. */
export async function ensureSystemServers() {
  if (missing().length > 0 && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get")) {
    console.log(`Installing ${missing().join(" and ")} for the tests …`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    await runCommand("apt-get", ["update", "-qq"], { env });
    const installed = missing();
    await runCommand("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...installed], { env });
    // Only its checker is wanted; no test asks for the server.
    if (installed.includes("prometheus") && existsSync("/run/systemd/system")) {
      await runCommand("systemctl", ["disable", "--now", "prometheus"], { env });
    }
  }
  for (const name of missing()) console.log(`${name} is not installed (apt-get install ${name}): tests are skipped.`);
}

function missing() {
  return servers.filter(({ isInstalled }) => !isInstalled()).map(({ packageName }) => packageName);
}
