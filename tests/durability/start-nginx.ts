import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, onTestFinished } from "vitest";
import { findFreePort } from "../../packages/stores/src/postgres/testing/start-postgres.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";

const program = "/usr/sbin/nginx";
const documented = path.resolve(import.meta.dirname, "../../deploy/nginx/copilot-llm.conf");

export const isNginxInstalled = existsSync(program);

/** nginx with the documented configuration, without TLS, before these two gateways. Resolves with its address. */
export async function startNginx(gateways: readonly [string, string]): Promise<string> {
  const directory = temporaryDirectory();
  const port = await findFreePort();
  const site = readFileSync(documented, "utf8")
    .replaceAll("127.0.0.1:8001", new URL(gateways[0]).host)
    .replaceAll("127.0.0.1:8002", new URL(gateways[1]).host)
    .replace("listen 443 ssl http2;", `listen 127.0.0.1:${port};`)
    .replace(/^ *ssl_certificate.*\n/gm, "");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${path.join(directory, name)};`,
  );
  const file = path.join(directory, "nginx.conf");
  writeFileSync(
    file,
    `${process.getuid?.() === 0 ? "user root;\n" : ""}daemon off;
pid ${path.join(directory, "nginx.pid")};
events {}
http {
access_log off;
${temporary.join("\n")}
${site}
}
`,
  );
  const child = spawn(program, ["-c", file, "-p", directory, "-e", path.join(directory, "error.log")], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("close", resolve));
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  const url = `http://127.0.0.1:${port}`;
  const health = () =>
    fetch(`${url}/health`).then(
      ({ status }) => status,
      () => 0,
    );
  await expect.poll(health, { timeout: 10_000 }).toBe(200);
  return url;
}
