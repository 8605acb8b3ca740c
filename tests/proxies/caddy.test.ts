import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findFreePort } from "../../packages/stores/src/postgres/testing/start-postgres.ts";
import { selfSigned } from "../testing/self-signed.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { describeProxy, timeFactor } from "./describe-proxy.ts";
import { runProxy, scaleTimes } from "./run-proxy.ts";

const program = "/usr/bin/caddy";
const documented = path.resolve(import.meta.dirname, "../../deploy/caddy/Caddyfile");
const isInstalled = existsSync(program);

describeProxy({
  name: "caddy",
  isInstalled,
  async start([first, second]) {
    const directory = temporaryDirectory();
    const port = await findFreePort();
    for (const part of ["certificate", "key"] as const) writeFileSync(path.join(directory, part), selfSigned[part]);
    const site = scaleTimes(readFileSync(documented, "utf8"), /(_timeout )(\d+)([sm])$/gm, timeFactor)
      .replace(/dial_timeout \w+/, "dial_timeout 5s")
      .replace("127.0.0.1:8001", first)
      .replace("127.0.0.1:8002", first === second ? "" : second)
      .replace("llm.example.com {", `https://localhost:${port} {\n\ttls ${directory}/certificate ${directory}/key`);
    const file = path.join(directory, "Caddyfile");
    writeFileSync(file, `{\n\tadmin off\n\tauto_https disable_redirects\n}\n${site}`);
    await runProxy(program, ["run", "--config", file, "--adapter", "caddyfile"], { port, directory });
    return `https://localhost:${port}`;
  },
});

describe.skipIf(!isInstalled)("the documented Caddyfile", () => {
  it("is valid and laid out as Caddy does it", () => {
    const formatted = execFileSync(program, ["fmt", documented], { encoding: "utf8" });
    expect(formatted).toBe(readFileSync(documented, "utf8"));
    const env = { ...process.env, HOME: temporaryDirectory() };
    execFileSync(program, ["validate", "--config", documented, "--adapter", "caddyfile"], { env, stdio: "pipe" });
  });
});
