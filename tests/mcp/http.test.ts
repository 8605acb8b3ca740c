import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Serving, startServing } from "../testing/serving.ts";
import { startGateway } from "../testing/start-gateway.ts";
import { callTool, textOf } from "./call-tool.ts";
import { connectHttp } from "./connect-http.ts";

let serving: Serving;
beforeAll(async () => {
  serving = await startServing();
});
afterAll(() => serving.stop());

const connect = (key = serving.key.key) => connectHttp(serving.gateway.url, key);

const initialize = {
  jsonrpc: "2.0",
  id: 1,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "raw", version: "1.0.0" } },
};

function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return serving.send("/mcp", body, { headers: { accept: "application/json, text/event-stream", ...headers } });
}

describe("/mcp with the SDK's client", () => {
  it("answers every tool, resource and prompt", async () => {
    const { client } = await connect();
    expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(["chat", "list_models", "get_quota"]);
    expect((await callTool(client, "chat", { message: "hi" })).structuredContent).toMatchObject({
      text: "Echo: hi",
      model: "gpt-5-mini",
    });
    expect((await callTool(client, "list_models")).structuredContent).toMatchObject({ default_model: "gpt-5-mini" });
    expect((await callTool(client, "get_quota")).structuredContent).toMatchObject({
      pool: { accounts: 1, active: 1 },
      accounts: [],
      key: { alias: "e2e" },
    });
    expect((await client.readResource({ uri: "quota://pool" })).contents).toHaveLength(1);
    expect((await client.listPrompts()).prompts).toHaveLength(2);
    await client.close();
  });

  it.each(["gpt-4.1", "gpt-5.3-codex", "claude-sonnet-5"])("chats with %s, whatever wire it speaks", async (model) => {
    const { client } = await connect();
    const more = { model, system: "Be brief.", max_tokens: 100 };
    const first = await callTool(client, "chat", { message: "one", ...more });
    expect(textOf(first)).toBe("Echo: one");
    const again = { message: "two", conversation_id: first.structuredContent?.conversation_id };
    expect(textOf(await callTool(client, "chat", again))).toBe("Echo: two");
    await client.close();
  });

  it("streams progress", async () => {
    const { client } = await connect();
    const pieces: string[] = [];
    const onprogress = ({ message = "" }: { message?: string | undefined }) => pieces.push(message);
    const message = "sim: long 60\nsim: delay 20";
    const result = await callTool(client, "chat", { message }, { onprogress });
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.join("")).toBe(textOf(result));
    await client.close();
  });

  it("aborts the upstream request on cancellation", async () => {
    const { client } = await connect();
    serving.simulator.requests.clear();
    const cancel = new AbortController();
    const call = callTool(client, "chat", { message: "sim: first-byte 20000" }, { signal: cancel.signal });
    const record = await serving.simulator.requests.waitFor(({ path }) => path === "/chat/completions");
    cancel.abort();
    await expect(call).rejects.toThrow();
    await record.onAborted;
    await client.close();
  });

  it("aborts the upstream request when the client is gone", async () => {
    const { client, transport } = await connect();
    serving.simulator.requests.clear();
    const call = callTool(client, "chat", { message: "sim: first-byte 20000" });
    const record = await serving.simulator.requests.waitFor(({ path }) => path === "/chat/completions");
    await transport.close();
    await expect(call).rejects.toThrow();
    await record.onAborted;
  });

  it("tells the upstream's refusal as a tool error", async () => {
    const { client } = await connect();
    const result = await callTool(client, "chat", { message: "hi", model: "gpt-5-mni" });
    expect(result.isError).toBe(true);
    expect(textOf(result)).toContain("Did you mean `gpt-5-mini`");
    await client.close();
  });

  it("serves two clients at once, each with conversations of its own", async () => {
    const [one, other] = await Promise.all([connect(), connect()]);
    expect(one.transport.sessionId).not.toBe(other.transport.sessionId);
    const chats = [one, other].map(({ client }, index) => callTool(client, "chat", { message: `number ${index}` }));
    const [first] = await Promise.all(chats);
    expect((await Promise.all(chats)).map(textOf)).toEqual(["Echo: number 0", "Echo: number 1"]);
    const foreign = { message: "go on", conversation_id: first?.structuredContent?.conversation_id };
    expect(await callTool(other.client, "chat", foreign)).toMatchObject({ isError: true });
    await Promise.all([one.client.close(), other.client.close()]);
  });
});

describe("a key at /mcp", () => {
  it("is needed", async () => {
    const response = await post(initialize, { authorization: "Bearer clp_unknown" });
    expect(response.status).toBe(401);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    expect(response.headers.get("x-request-id")).toMatch(/^req_/);
  });

  it("has its limits and its accounting", async () => {
    const { admin } = serving;
    const limited = await admin.createKey({ alias: "mcp-limited", max_requests: 1, allowed_models: ["gpt-5-mini"] });
    const { client } = await connect(limited.key);
    expect((await callTool(client, "list_models")).structuredContent?.models).toMatchObject([{ id: "gpt-5-mini" }]);
    expect((await callTool(client, "chat", { message: "one" })).isError).toBeUndefined();
    const refused = await callTool(client, "chat", { message: "two" });
    expect(refused.isError).toBe(true);
    expect(textOf(refused)).toMatch(/request/);
    expect((await callTool(client, "get_quota")).structuredContent).toMatchObject({
      key: { alias: "mcp-limited", limits: [{ limit: "max_requests", max: 1, used: 1 }] },
    });
    await client.close();
  });

  it("has its chats on record and in the log, under one id", async () => {
    const { client } = await connect();
    const { structuredContent } = await callTool(client, "chat", { message: "hi" });
    const exported = await serving.admin.request("GET", "/api/sessions/export?format=jsonl");
    const records = (await exported.text())
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records.map(({ id }) => id)).toContain(structuredContent?.request_id);
    const logged = () => serving.gateway.logs().find((line) => line.chat_request_id === structuredContent?.request_id);
    await expect
      .poll(logged)
      .toMatchObject({ path: "/mcp", key: "e2e", mcp_method: "tools/call", model: "gpt-5-mini" });
    await client.close();
  });

  it("cannot use another key's session", async () => {
    const { transport, client } = await connect();
    const other = await serving.admin.createKey({ alias: "other" });
    const response = await post(
      { jsonrpc: "2.0", id: 2, method: "tools/list" },
      { authorization: `Bearer ${other.key}`, "mcp-session-id": transport.sessionId ?? "" },
    );
    expect(response.status).toBe(404);
    await client.close();
  });
});

describe("a session", () => {
  it("begins with initialize and ends with DELETE", async () => {
    const list = { jsonrpc: "2.0", id: 2, method: "tools/list" };
    expect((await post(list)).status).toBe(400);
    const { client, transport } = await connect();
    const id = transport.sessionId ?? "";
    expect(id).not.toBe("");
    await transport.terminateSession();
    expect((await post(list, { "mcp-session-id": id })).status).toBe(404);
    await client.close();
  });

  it("is not found after the gateway was restarted, and a new one begins", async () => {
    const env = { API_KEY: "legacy-key-for-restarts" };
    const { simulator } = serving;
    const first = await startGateway({ simulator, env });
    const before = await connectHttp(first.url, env.API_KEY);
    await first.stop();
    const second = await startGateway({ simulator, env: { ...env, PORT: new URL(first.url).port } });
    try {
      await expect(before.client.listTools()).rejects.toMatchObject({ code: 404 });
      const after = await connectHttp(second.url, env.API_KEY);
      expect((await after.client.listTools()).tools).toHaveLength(3);
      await after.client.close();
    } finally {
      await second.stop();
    }
  });

  it("offers no GET stream", async () => {
    const response = await fetch(`${serving.gateway.url}/mcp`, { headers: { accept: "text/event-stream" } });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST, DELETE, OPTIONS"]);
  });

  it.each([
    ["no JSON", "{", 400],
    ["no JSON-RPC", { hello: "world" }, 400],
    ["a compressed body", initialize, 400, { "content-encoding": "gzip" }],
  ])("refuses %s", async (_what, body, status, headers: Record<string, string> = {}) => {
    expect((await post(body, headers)).status).toBe(status);
  });
});

describe("a page of another site", () => {
  it.each([
    ["its origin", { origin: "http://evil.example" }],
    ["an opaque origin", { origin: "null" }],
  ])("is refused by %s", async (_what, headers) => {
    expect((await post(initialize, headers)).status).toBe(403);
  });

  it("is refused by the host that DNS rebinding gave us", async () => {
    const { hostname, port } = new URL(serving.gateway.url);
    const { request } = await import("node:http");
    const status = await new Promise((resolve, reject) => {
      const headers = { host: `evil.example:${port}`, authorization: `Bearer ${serving.key.key}` };
      request({ hostname, port, path: "/mcp", method: "POST", headers }, (response) => resolve(response.statusCode))
        .on("error", reject)
        .end(JSON.stringify(initialize));
    });
    expect(status).toBe(403);
  });

  it("of our own is let in", async () => {
    expect((await post(initialize, { origin: serving.gateway.url })).status).toBe(200);
  });
});
