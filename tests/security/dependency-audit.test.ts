import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, it, onTestFinished } from "vitest";
import { parse } from "yaml";

const root = path.resolve(import.meta.dirname, "../..");

interface Asked {
  readonly path: string;
  readonly versions: Readonly<Record<string, readonly string[]>>;
}

/** Runs the audit against a registry that answers so. */
async function audit(status: number, answer: unknown) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      asked.push({ path: request.url ?? "", versions: JSON.parse(gunzipSync(Buffer.concat(chunks)).toString()) });
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  const registryUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mirror`;
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
  return { exitCode, output, asked };
}

/** As npm's registry answers: an array of advisories for each package that has any. */
function answerWith(severity: string) {
  return {
    hono: [
      {
        id: 1_096_000,
        url: "https://github.com/advisories/GHSA-0000-0000-0000",
        title: "A made-up weakness",
        severity,
        vulnerable_versions: "<99.0.0",
        cwe: ["CWE-1333"],
        cvss: { score: 7.5, vectorString: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H" },
      },
    ],
  };
}

it.each(["high", "critical"])("the audit fails on a %s advisory, and names it", async (severity) => {
  const { exitCode, output } = await audit(200, answerWith(severity));
  expect([exitCode, output]).toEqual([
    1,
    expect.stringMatching(new RegExp(`^audit: ${severity}: hono <99\\.0\\.0: A made-up weakness .*locked: 4\\.`)),
  ]);
});

it.each([
  ["moderate", answerWith("moderate")],
  ["nothing", {}],
])("the audit passes where nothing worse than %s is known", async (_name, answer) => {
  const { exitCode, output } = await audit(200, answer);
  expect([exitCode, output]).toEqual([0, expect.stringContaining("no known weakness")]);
});

it("the audit asks npm's bulk endpoint about every version of every locked package", async () => {
  const { asked } = await audit(200, {});
  expect(asked.map((one) => one.path)).toEqual(["/mirror/-/npm/v1/security/advisories/bulk"]);
  const { packages } = parse(readFileSync(path.join(root, "pnpm-lock.yaml"), "utf8")) as { packages: object };
  const sent = Object.entries(asked[0]?.versions ?? {}).flatMap(([name, its]) => its.map((one) => `${name}@${one}`));
  expect(sent.sort()).toEqual(Object.keys(packages).sort());
  expect(sent.length).toBeGreaterThan(500);
});

it.each([
  [405, {}, /405/],
  [410, { error: "This endpoint is being retired." }, /410/],
  [200, null, /none of an audit/],
  [200, { error: "not here" }, /none of an audit/],
  [200, [], /none of an audit/],
])(
  "the audit says that it did not run where the registry answers %s %j, and passes for nothing",
  async (status, answer, reason) => {
    const { exitCode, output } = await audit(status, answer);
    expect([exitCode, output]).toEqual([0, expect.stringMatching(/^audit: not run, since the registry offers none: /)]);
    expect(output).toMatch(reason);
  },
);
