import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Simulator, startSimulator } from "@copilot-llm/simulator";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { signUp } from "../testing/admin.ts";
import { githubTokenOf } from "../testing/serving.ts";
import { failToStartGateway, startGateway } from "../testing/start-gateway.ts";

let simulator: Simulator;
beforeAll(async () => {
  simulator = await startSimulator({ accounts: [{ login: "alice", token: githubTokenOf("alice") }] });
});
afterAll(() => simulator.close());

function temporaryDirectory(): string {
  const directory = mkdtempSync(path.join(tmpdir(), "copilot-llm-data-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** The one line that a refused start prints. */
async function refusal(env: Readonly<Record<string, string>>, dataDir?: string): Promise<string> {
  const failed = await failToStartGateway({ simulator, env, ...(dataDir === undefined ? {} : { dataDir }) });
  expect(failed.exitCode).toBe(1);
  expect(failed.stdout).toBe("");
  expect(failed.stderr.trimEnd().split("\n")).toHaveLength(1);
  return failed.stderr;
}

describe("a wrong setting stops the start with one line that names it", () => {
  it.each([
    ["PORT", "abc"],
    ["PORT", "70000"],
    ["HOST", "no such host"],
    ["CORS_ORIGINS", "garbage"],
    ["CORS_ORIGINS", "https://good.example,ftp:bad"],
    ["LOG_LEVEL", "loud"],
    ["RECORDING", "some"],
    ["RECORDING_RETENTION_DAYS", "-1"],
    ["MAX_BODY_BYTES", "many"],
    ["UPSTREAM_IDLE_TIMEOUT", "soon"],
    ["DRAIN_TIMEOUT", "5 parsecs"],
    ["TRUST_PROXY", "10.0.0.0/99"],
    ["PUBLIC_URL", "example.com"],
    ["COPILOT_API_URL", "nowhere"],
  ])("%s=%s", async (name, value) => {
    const line = await refusal({ [name]: value });
    expect(line).toContain(name);
    expect(line).toContain(value);
  });

  it.each([
    ["GITHUB_TOKEN", "nonsense", "default"],
    ["GITHUB_TOKENS", "bob=nonsense", "bob"],
  ])("with the alias of the token that is none: %s", async (name, value, alias) => {
    const line = await refusal({ [name]: value });
    expect(line).toContain(`${name} is not allowed: ${alias}: This is no GitHub token`);
    expect(line).not.toContain("nonsense");
  });

  it("without showing a secret", async () => {
    const line = await refusal({ GITHUB_TOKENS: `alice=${githubTokenOf("alice")},${githubTokenOf("bob")}` });
    expect(line).toContain("GITHUB_TOKENS");
    expect(line).not.toContain(githubTokenOf("alice"));
    expect(line).not.toContain(githubTokenOf("bob"));
    expect(await refusal({ ADMIN_USERNAME: "admin", ADMIN_PASSWORD: "short!!" })).not.toContain("short!!");
  });

  it("when the data directory cannot be used", async () => {
    const file = path.join(temporaryDirectory(), "file");
    writeFileSync(file, "");
    const line = await refusal({}, path.join(file, "data"));
    expect(line).toContain("DATA_DIR");
    expect(line).toContain(file);
  });

  it("when the port is taken, with its stores closed", async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const dataDir = path.join(temporaryDirectory(), "data");
    expect(await refusal({ PORT: String(port) }, dataDir)).toContain(String(port));
    const left = readdirSync(dataDir);
    expect(left).toContain("ledger.sqlite");
    expect(left.filter((name) => name.startsWith("lock") || name.endsWith("-wal"))).toEqual([]);
  });
});

describe("a corrupt store", () => {
  it("stops the start with one line that names the file, and is left as it is", async () => {
    const dataDir = temporaryDirectory();
    const gateway = await startGateway({ simulator, dataDir });
    const admin = await signUp(gateway);
    await admin.addToken("alice", githubTokenOf("alice"));
    const key = await admin.createKey({ alias: "e2e" });
    expect(key.key).toMatch(/^clp_/);
    expect(await gateway.stop()).toBe(0);

    const stores = readdirSync(dataDir).filter(
      (name) => name.endsWith(".json") && statSync(path.join(dataDir, name)).isFile(),
    );
    expect(stores.length).toBeGreaterThan(2);
    for (const name of stores) {
      const file = path.join(dataDir, name);
      const intact = readFileSync(file);
      for (const corrupt of [
        intact.subarray(0, intact.length / 2),
        Buffer.alloc(0),
        Buffer.from("garbage"),
        Buffer.from("[]"),
      ]) {
        writeFileSync(file, corrupt);
        expect(await refusal({}, dataDir)).toContain(name);
        expect(readFileSync(file).equals(corrupt)).toBe(true);
      }
      writeFileSync(file, intact);
    }

    const mended = await startGateway({ simulator, dataDir });
    onTestFinished(async () => void (await mended.stop()));
    expect(mended.setupUrl()).toBeUndefined();
  }, 240_000);
});
