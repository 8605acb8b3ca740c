import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findFreePort } from "../../packages/stores/src/postgres/testing/start-postgres.ts";
import { selfSigned } from "../testing/self-signed.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";
import { describeProxy, timeFactor } from "./describe-proxy.ts";
import { runProxy, scaleTimes } from "./run-proxy.ts";

const program = "/usr/sbin/nginx";
const documented = path.resolve(import.meta.dirname, "../../deploy/nginx/copilot-llm.conf");

describeProxy({
  name: "nginx",
  isInstalled: existsSync(program),
  async start([first, second]) {
    const directory = temporaryDirectory();
    const port = await findFreePort();
    for (const part of ["certificate", "key"] as const) writeFileSync(path.join(directory, part), selfSigned[part]);
    const site = scaleTimes(readFileSync(documented, "utf8"), /(_timeout )(\d+)([sm])(?=;)/g, timeFactor)
      // A connection attempt may take as long as this machine needs.
      .replace(/proxy_connect_timeout \w+;/, "proxy_connect_timeout 5s;")
      .replaceAll("127.0.0.1:8001", first)
      .replaceAll("127.0.0.1:8002", second)
      .replace("listen 443 ssl http2;", `listen 127.0.0.1:${port} ssl http2;`)
      .replace(/ssl_certificate [^;]+;/, `ssl_certificate ${directory}/certificate;`)
      .replace(/ssl_certificate_key [^;]+;/, `ssl_certificate_key ${directory}/key;`);
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (name) => `${name}_temp_path ${directory}/${name};`,
    );
    const file = path.join(directory, "nginx.conf");
    const user = process.getuid?.() === 0 ? "user root;" : "";
    const main = `${user} daemon off; pid ${directory}/nginx.pid; events {}`;
    writeFileSync(file, `${main}\nhttp { access_log off;\n${temporary.join("\n")}\n${site}\n}\n`);
    await runProxy(program, ["-c", file, "-p", directory, "-e", `${directory}/error.log`], { port, directory });
    return `https://localhost:${port}`;
  },
});

describe("the nginx of compose", () => {
  it("has the documented configuration, but for its addresses and TLS", () => {
    const own = readFileSync(path.resolve(import.meta.dirname, "../../deploy/compose/nginx.conf"), "utf8");
    const linesOf = (text: string): string[] =>
      text
        .split("\n")
        .filter((line) => !/^#|listen|server_name|ssl_certificate|# nginx 1\.25/.test(line) && line !== "");
    const expected = readFileSync(documented, "utf8")
      .replace("127.0.0.1:8001", "gateway-1:8000")
      .replace("127.0.0.1:8002", "gateway-2:8000");
    // The first comments say what each file is for.
    expect(linesOf(own)).toEqual(linesOf(expected));
  });
});
