import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { descendantsOf } from "../testing/process-tree.ts";
import { githubTokenOf, type Serving, startServing } from "../testing/serving.ts";
import { startGateway } from "../testing/start-gateway.ts";
import { callTool, textOf } from "./call-tool.ts";
import { connectStdio, type StdioConnection } from "./connect-stdio.ts";

let serving: Serving;
const connections: StdioConnection[] = [];

beforeAll(async () => {
  serving = await startServing();
});
afterEach(async () => {
  await Promise.all(connections.splice(0).map((connection) => connection.close()));
});
afterAll(() => serving.stop());

async function connect(env: Readonly<Record<string, string>> = {}) {
  const gateway = { COPILOT_LLM_URL: serving.gateway.url, COPILOT_LLM_KEY: serving.key.key };
  const connection = await connectStdio({ ...gateway, ...env });
  connections.push(connection);
  return connection;
}

describe("the MCP server against a gateway", () => {
  it("answers every tool and starts no runtime of its own", async () => {
    const { client, pid } = await connect();
    expect((await callTool(client, "chat", { message: "hi" })).structuredContent).toMatchObject({
      text: "Echo: hi",
      model: "gpt-5-mini",
      request_id: expect.stringMatching(/^req_/),
    });
    expect((await callTool(client, "list_models")).structuredContent).toMatchObject({ default_model: "gpt-5-mini" });
    expect((await callTool(client, "get_quota")).structuredContent).toMatchObject({
      pool: { accounts: 1, active: 1 },
      key: { alias: "e2e" },
    });
    expect(descendantsOf(pid)).toEqual([]);
  });

  it.each(["gpt-4.1", "gpt-5.3-codex", "claude-sonnet-5"])("chats with %s, whatever wire it speaks", async (model) => {
    const { client } = await connect();
    expect((await callTool(client, "chat", { message: "hi", model })).structuredContent).toMatchObject({
      text: "Echo: hi",
      model,
    });
  });

  it("takes the base URL of the OpenAI API for the gateway's", async () => {
    const { client } = await connect({ COPILOT_LLM_URL: `${serving.gateway.url}/openai/v1/` });
    expect(textOf(await callTool(client, "chat", { message: "hi" }))).toBe("Echo: hi");
  });

  it("streams progress, and aborts the upstream request on cancellation", async () => {
    const { client } = await connect();
    serving.simulator.requests.clear();
    const cancel = new AbortController();
    const onprogress = () => cancel.abort();
    const message = "sim: long 400\nsim: delay 50";
    const call = callTool(client, "chat", { message }, { onprogress, signal: cancel.signal });
    const record = await serving.simulator.requests.waitFor(({ path }) => path === "/chat/completions");
    await expect(call).rejects.toThrow();
    await record.onAborted;
  });

  it("tells what the gateway refuses, in its words", async () => {
    const unknownModel = await connect();
    const refused = await callTool(unknownModel.client, "chat", { message: "hi", model: "gpt-5-mni" });
    expect(refused.isError).toBe(true);
    expect(textOf(refused)).toContain("Did you mean `gpt-5-mini`");
    const unknownKey = await connect({ COPILOT_LLM_KEY: "clp_unknown" });
    for (const name of ["list_models", "chat"]) {
      const result = await callTool(unknownKey.client, name, name === "chat" ? { message: "hi" } : {});
      expect(result.isError).toBe(true);
      expect(textOf(result)).toContain("Check COPILOT_LLM_KEY");
    }
  });

  it.each([
    ["COPILOT_LLM_KEY", { COPILOT_LLM_KEY: "" }],
    ["COPILOT_LLM_URL", { COPILOT_LLM_URL: "" }],
  ])("says so in a tool when %s is missing", async (name, env) => {
    const { client } = await connect(env);
    const result = await callTool(client, "list_models");
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain(`${name} is not`);
  });

  it("goes on after the gateway was away", async () => {
    const { simulator } = serving;
    const key = "legacy-key-for-restarts";
    const first = await startGateway({ simulator, env: { API_KEY: key } });
    const { client } = await connect({ COPILOT_LLM_URL: first.url, COPILOT_LLM_KEY: key });
    const begun = await callTool(client, "get_quota");
    expect(begun.structuredContent).toMatchObject({ pool: { accounts: 0 } });
    await first.kill();

    const away = await callTool(client, "chat", { message: "hi", model: "gpt-5-mini" });
    expect(away.isError).toBe(true);
    expect(textOf(away)).toContain("cannot be reached");
    expect(await callTool(client, "get_quota")).toMatchObject({ isError: true });

    const env = { API_KEY: key, PORT: new URL(first.url).port, GITHUB_TOKEN: githubTokenOf("alice") };
    const second = await startGateway({ simulator, env });
    try {
      const chat = () => callTool(client, "chat", { message: "back?", model: "gpt-5-mini" });
      await expect.poll(async () => textOf(await chat()), { timeout: 10_000 }).toBe("Echo: back?");
    } finally {
      await second.stop();
    }
  });
});
