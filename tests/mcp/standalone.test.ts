import { type Simulator, startSimulator } from "@copilot-llm/simulator";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { descendantsOf } from "../testing/process-tree.ts";
import { githubTokenOf } from "../testing/serving.ts";
import { callTool, textOf } from "./call-tool.ts";
import { connectStdio, type StdioConnection } from "./connect-stdio.ts";

const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

let simulator: Simulator;
const connections: StdioConnection[] = [];

beforeAll(async () => {
  simulator = await startSimulator({ accounts: [{ login: "alice", token: githubTokenOf("alice") }] });
});
afterEach(async () => {
  await Promise.all(connections.splice(0).map((connection) => connection.close()));
});
afterAll(() => simulator.close());

async function connect(env: Readonly<Record<string, string>> = { GITHUB_TOKEN: githubTokenOf("alice") }) {
  const upstream = { COPILOT_API_URL: simulator.url, GITHUB_API_URL: simulator.url };
  const connection = await connectStdio({ ...upstream, ...env });
  connections.push(connection);
  return connection;
}

describe("the standalone MCP server", () => {
  it("lists everything before it looks at a token or starts a runtime", async () => {
    simulator.requests.clear();
    const { client, pid } = await connect();
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(["chat", "list_models", "get_quota"]);
    expect((await client.listResources()).resources).toHaveLength(2);
    expect((await client.listPrompts()).prompts).toHaveLength(2);
    expect(descendantsOf(pid)).toEqual([]);
    expect(simulator.requests.all()).toEqual([]);
  });

  it("answers every tool", async () => {
    const { client } = await connect();
    const [chat, models, quota] = await Promise.all([
      callTool(client, "chat", { message: "hi" }),
      callTool(client, "list_models"),
      callTool(client, "get_quota"),
    ]);
    expect(chat.structuredContent).toMatchObject({ text: "Echo: hi", model: "gpt-5-mini", finish_reason: "stop" });
    expect(models.structuredContent).toMatchObject({ default_model: "gpt-5-mini" });
    expect(quota.structuredContent).toMatchObject({ accounts: [{ login: "alice", status: "active" }], key: null });
  });

  it("asks with the truthful initiator, and says when there are images", async () => {
    const { client } = await connect();
    simulator.requests.clear();
    await callTool(client, "chat", { message: "What is this?", images: [{ data: png, mimeType: "image/png" }] });
    const record = await simulator.requests.waitFor(({ path }) => path === "/chat/completions");
    expect(record.headers).toMatchObject({ "x-initiator": "user", "copilot-vision-request": "true" });
  });

  it.each([
    ["is missing", {}, "GITHUB_TOKEN is not set"],
    ["is refused", { GITHUB_TOKEN: githubTokenOf("mallory") }, "GitHub refused GITHUB_TOKEN"],
  ])("says so in every tool when the token %s", async (_how, env, problem) => {
    const { client } = await connect(env);
    for (const name of ["list_models", "get_quota", "chat"]) {
      const result = await callTool(client, name, name === "chat" ? { message: "hi" } : {});
      expect(result.isError).toBe(true);
      expect(textOf(result)).toContain(problem);
    }
  });

  it("says so in a tool when DATA_DIR cannot be written", async () => {
    const { client } = await connect({ GITHUB_TOKEN: githubTokenOf("alice"), DATA_DIR: "/dev/null/state" });
    expect(textOf(await callTool(client, "list_models"))).toContain("Set DATA_DIR to one that is writable");
  });

  it("works as soon as a refused token is accepted", async () => {
    const { client } = await connect({ GITHUB_TOKEN: githubTokenOf("carol") });
    expect(await callTool(client, "list_models")).toMatchObject({ isError: true });
    simulator.addAccount({ login: "carol", token: githubTokenOf("carol") });
    expect(textOf(await callTool(client, "chat", { message: "now?" }))).toBe("Echo: now?");
  });

  it("tells no secret on stderr", async () => {
    const { client, stderr } = await connect({ GITHUB_TOKEN: githubTokenOf("alice"), LOG_LEVEL: "debug" });
    await callTool(client, "chat", { message: "hi" });
    expect(stderr()).toContain("token checked");
    expect(stderr()).not.toContain(githubTokenOf("alice"));
  });

  it("aborts the upstream request on cancellation and goes on", async () => {
    const { client } = await connect();
    simulator.requests.clear();
    const cancel = new AbortController();
    const call = callTool(client, "chat", { message: "sim: first-byte 20000" }, { signal: cancel.signal });
    const record = await simulator.requests.waitFor(({ path }) => path === "/chat/completions");
    cancel.abort();
    await expect(call).rejects.toThrow();
    await record.onAborted;
    expect(textOf(await callTool(client, "chat", { message: "still there?" }))).toBe("Echo: still there?");
  });

  it("runs twice at once", async () => {
    const [one, other] = await Promise.all([connect(), connect()]);
    const answers = await Promise.all(
      [one, other].map(({ client }, index) => callTool(client, "chat", { message: `number ${index}` })),
    );
    expect(answers.map(textOf)).toEqual(["Echo: number 0", "Echo: number 1"]);
  });

  it("uses the model that COPILOT_LLM_MODEL names", async () => {
    const { client } = await connect({ GITHUB_TOKEN: githubTokenOf("alice"), COPILOT_LLM_MODEL: "claude-haiku-4.5" });
    expect((await callTool(client, "chat", { message: "hi" })).structuredContent?.model).toBe("claude-haiku-4.5");
  });
});
