import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chatBody, githubTokenOf, type Serving, startServing } from "../testing/serving.ts";

let serving: Serving;

/** A run with everything that could leak: good and refused requests, a refused token, a wrong password, debug logs. */
beforeAll(async () => {
  serving = await startServing({ accounts: ["alice", "bob"], env: { LOG_LEVEL: "trace" } });
  const { simulator, admin, send } = serving;
  await (await send("/openai/v1/chat/completions", chatBody("hello", { stream: true }))).text();
  await (await send("/openai/v1/chat/completions", "{")).text();
  simulator.faults.add({ name: "bad-credentials", account: "bob" });
  for (let index = 0; index < 4; index += 1) {
    await (await send("/openai/v1/chat/completions", chatBody(`question ${index}`))).text();
  }
  await admin.addToken("stranger", githubTokenOf("stranger"));
  await admin.request("POST", "/api/auth/login", { username: admin.username, password: admin.password });
  await admin.request("POST", "/api/auth/login", { username: admin.username, password: `${admin.password}!` });
});
afterAll(() => serving.stop());

function filesOf(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const file = path.join(directory, entry.name);
    return entry.isDirectory() ? filesOf(file) : entry.isFile() ? [file] : [];
  });
}

function secrets(): Readonly<Record<string, string>> {
  return {
    "GitHub token": githubTokenOf("alice"),
    "refused GitHub token": githubTokenOf("bob"),
    "unknown GitHub token": githubTokenOf("stranger"),
    "API key": serving.key.key,
    password: serving.admin.password,
    "session token": serving.admin.token,
  };
}

const leaksIn = (content: Buffer | string) =>
  Object.entries(secrets())
    .filter(([, secret]) => content.includes(secret))
    .map(([name]) => name);

describe("secrets", () => {
  it("are in no file of the data directory", () => {
    const files = filesOf(serving.gateway.dataDir);
    expect(files).not.toEqual([]);
    expect(files.flatMap((file) => leaksIn(readFileSync(file)).map((name) => `${name} in ${file}`))).toEqual([]);
  });

  it("are in no log line", () => {
    expect(serving.gateway.logs().length).toBeGreaterThan(5);
    expect(leaksIn(serving.gateway.output())).toEqual([]);
  });

  it("are in no list of the admin API", async () => {
    for (const route of ["/api/admin/github-tokens", "/api/admin/api-keys"]) {
      expect(leaksIn(await (await serving.admin.request("GET", route)).text())).toEqual([]);
    }
  });

  it("lie in files that only the owner can read", () => {
    const modeOf = (file: string) => (statSync(file).mode & 0o777).toString(8);
    const open = filesOf(serving.gateway.dataDir).filter((file) => modeOf(file) !== "600");
    expect(open).toEqual([]);
    expect(modeOf(serving.gateway.dataDir)).toBe("700");
  });
});
