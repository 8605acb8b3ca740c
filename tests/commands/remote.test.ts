import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../testing/run-command.ts";
import { chatBody, githubTokenOf, type Serving, startServing } from "../testing/serving.ts";
import { temporaryDirectory } from "../testing/temporary-directory.ts";

let serving: Serving;
beforeAll(async () => {
  serving = await startServing({ accounts: ["alice", "bob"] });
});
afterAll(() => serving.stop());

/** A command that signs in by the environment. */
const run = (args: readonly string[], more: { env?: Record<string, string>; input?: string } = {}) =>
  runCommand(args, {
    cwd: temporaryDirectory(),
    env: {
      COPILOT_LLM_URL: serving.gateway.url,
      COPILOT_LLM_USERNAME: serving.admin.username,
      COPILOT_LLM_PASSWORD: serving.admin.password,
      ...more.env,
    },
    ...(more.input === undefined ? {} : { input: more.input }),
  });

const json = async (args: readonly string[]) => {
  const { exitCode, stdout, stderr } = await run([...args, "--json"]);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return JSON.parse(stdout);
};

describe("keys", () => {
  it("are made with limits, listed with what is used, switched, rotated and deleted", async () => {
    const created = await json([
      ...["keys", "create", "ci", "--max-requests", "2", "--limit-period", "day", "--rpm", "10"],
      ...["--model", "gpt-5-mini", "gpt-4.1", "--token", "bob"],
    ]);
    expect(created).toMatchObject({
      alias: "ci",
      key: expect.stringMatching(/^clp_/),
      max_requests: 2,
      limit_period: "day",
      rpm: 10,
      allowed_models: ["gpt-5-mini", "gpt-4.1"],
      github_token_ids: [expect.stringMatching(/^tok_/)],
    });
    const ask = (key: string) =>
      fetch(`${serving.gateway.url}/openai/v1/chat/completions`, {
        method: "POST",
        headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
        body: JSON.stringify(chatBody("Hello")),
      });
    expect((await ask(created.key)).status).toBe(200);
    expect((await run(["keys"])).stdout).toMatch(/^ci +clp_\S+ +on +1 \/ 2 /m);

    expect((await run(["keys", "disable", "CI"])).stdout).toBe("ci is off.\n");
    expect((await ask(created.key)).status).toBe(401);
    await run(["keys", "enable", created.id]);
    const rotated = await json(["keys", "rotate", "ci"]);
    expect((await ask(created.key)).status).toBe(401);
    expect((await ask(rotated.key)).status).toBe(200);

    expect(await run(["keys", "delete", "ci"])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("--yes"),
    });
    expect(await json(["keys", "delete", "ci", "--yes"])).toMatchObject({ alias: "ci", deleted: true });
    expect((await json(["keys", "list"])).keys.map(({ alias }: { alias: string }) => alias)).toEqual(["e2e"]);
  });
});

describe("tokens", () => {
  it("are listed, checked and switched; a new one comes by standard input, and a refused one is told", async () => {
    const { tokens } = await json(["tokens"]);
    expect(tokens.map(({ alias, status }: { alias: string; status: string }) => [alias, status])).toEqual([
      ["alice", "active"],
      ["bob", "active"],
    ]);
    expect((await run(["tokens", "check", "alice"])).stdout).toBe("alice (alice) is active\n");
    expect((await run(["tokens", "disable", "alice"])).stdout).toBe("alice is off.\n");
    await run(["tokens", "enable", "alice"]);

    const refused = await run(["tokens", "add", "carol"], { input: "gho_0123456789wrong\n" });
    expect(refused).toMatchObject({ exitCode: 1, stdout: "carol is auth_failed: Bad credentials\n" });
    await json(["tokens", "delete", "carol", "--yes"]);
    const taken = await run(["tokens", "add", "alice"], { input: githubTokenOf("alice") });
    expect(taken).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringMatching(/^copilot-llm: [^\n]+\n$/) });
    expect(taken.stderr).not.toContain(githubTokenOf("alice"));
  });
});

describe("usage", () => {
  it("is a table with sums, or what the gateway said", async () => {
    await (await serving.send("/openai/v1/chat/completions", chatBody("Hello"))).text();
    const { stdout } = await run(["usage", "--by", "key"]);
    expect(stdout).toMatch(/^key +requests +errors +tokens in/);
    expect(stdout).toMatch(/^e2e +1 +0 /m);
    expect(stdout).toMatch(/^total +\d/m);
    const { totals } = await json(["usage", "--by", "day", "--from", "2020-01-01", "--to", "2020-01-02"]);
    expect(totals.requests).toBe(0);
    expect(await run(["usage", "--by", "colour"])).toMatchObject({ exitCode: 2 });
  });
});

describe("who asks", () => {
  it("may give a session token, which stays good, or a password by standard input, whose session ends", async () => {
    const { token, username, password } = serving.admin;
    const bare = { COPILOT_LLM_USERNAME: "", COPILOT_LLM_PASSWORD: "" };
    expect(await run(["keys"], { env: { ...bare, COPILOT_LLM_SESSION: token } })).toMatchObject({ exitCode: 0 });
    expect(await run(["keys", "--session", token], { env: bare })).toMatchObject({ exitCode: 0 });
    const typed = ["keys", "--username", username, "--password-stdin"];
    expect(await run(typed, { env: bare, input: `${password}\n` })).toMatchObject({ exitCode: 0 });
    expect(await run(["keys"], { env: bare })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("Who asks?"),
    });
    expect(await run(["keys"], { env: { COPILOT_LLM_PASSWORD: "wrong" } })).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "copilot-llm: Wrong username or password.\n",
    });
  });

  it("is told an address where no gateway is", async () => {
    expect(await run(["keys", "--url", "http://127.0.0.1:9"])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("The gateway at http://127.0.0.1:9 does not answer"),
    });
  });
});
