import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** Runs the audit against a registry that answers so. */
async function audit(status: number, answer: unknown): Promise<{ exitCode: number | null; output: string }> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const registryUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const child = spawn(process.execPath, ["scripts/audit.mjs"], {
    cwd: root,
    env: { ...process.env, npm_config_registry: registryUrl, npm_config_fetch_retries: "0" },
  });
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { exitCode, output };
}

function reportOf(severity: string) {
  const advisory = {
    ...{
      id: 1,
      severity,
      module_name: "hono",
      title: "A made-up weakness",
      url: "https://github.com/advisories/GHSA-1",
    },
    ...{ vulnerable_versions: "<99", findings: [{ version: "4.0.0", paths: ["apps__gateway>hono"] }] },
  };
  const none = { info: 0, low: 0, moderate: 0, high: 0, critical: 0 };
  return {
    advisories: { 1: advisory },
    metadata: { vulnerabilities: { ...none, [severity]: 1 } },
    actions: [],
    muted: [],
  };
}

it.each(["high", "critical"])("the audit fails on a %s advisory, and names it", async (severity) => {
  const { exitCode, output } = await audit(200, reportOf(severity));
  expect([exitCode, output]).toEqual([1, expect.stringContaining(`audit: ${severity}: hono <99: A made-up weakness`)]);
});

it("the audit passes where nothing worse than moderate is known", async () => {
  const { exitCode, output } = await audit(200, reportOf("moderate"));
  expect([exitCode, output]).toEqual([0, expect.stringContaining("no known weakness")]);
});

it("the audit says that it did not run where the registry offers none, and passes for nothing", async () => {
  const { exitCode, output } = await audit(405, {});
  expect([exitCode, output]).toEqual([
    0,
    expect.stringMatching(/^audit: not run, since the registry offers none: .*405/),
  ]);
});
