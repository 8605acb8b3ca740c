import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Secret } from "@copilot-llm/model";
import { afterEach, describe, expect, it } from "vitest";
import type { McpBackend } from "../mcp-backend.js";
import { createGatewayBackend } from "./create-gateway-backend.js";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function startGateway(answer: RequestListener): Promise<McpBackend> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return createGatewayBackend({ url: `http://127.0.0.1:${port}`, key: new Secret("clp_1"), userAgent: "test/1" });
}

const signal = new AbortController().signal;
const ask = (backend: McpBackend, onText = (_text: string) => {}, aborted = signal) => {
  const turns = [{ role: "user" as const, text: "hi", images: [] }];
  const request = { model: "gpt-5-mini", system: null, turns, temperature: null, maxTokens: 10 };
  return backend.chat(request, { onText, signal: aborted });
};
const chunk = 'data: {"choices":[{"delta":{"content":"Hello"},"finish_reason":"stop"}]}\n\n';

describe("the gateway backend", () => {
  it("sends the key and the chat, and tells which model served and under which id", async () => {
    const seen: unknown[] = [];
    const backend = await startGateway(async (request, response) => {
      let body = "";
      for await (const part of request) body += part;
      seen.push(request.url, request.headers.authorization, request.headers["user-agent"], JSON.parse(body));
      response.writeHead(200, { "x-request-id": "req_1", "x-model-served": "gpt-4.1" });
      response.end(`${chunk}data: [DONE]\n\n`);
    });
    const pieces: string[] = [];
    const answer = await ask(backend, (text) => pieces.push(text));
    expect(answer).toMatchObject({ text: "Hello", model: "gpt-4.1", requestId: "req_1", finishReason: "stop" });
    expect(pieces).toEqual(["Hello"]);
    expect(seen).toEqual([
      "/openai/v1/chat/completions",
      "Bearer clp_1",
      "test/1",
      {
        model: "gpt-5-mini",
        messages: [{ role: "user", content: "hi" }],
        stream: true,
        stream_options: { include_usage: true },
        max_completion_tokens: 10,
      },
    ]);
  });

  it.each([
    [401, "unauthenticated", "no Check COPILOT_LLM_KEY."],
    [403, "permission_denied", "no"],
    [404, "model_not_found", "no"],
    [400, "upstream_rejected", "no"],
    [503, "upstream_error", "no"],
  ])("tells a refusal with status %i in the gateway's words", async (status, code, message) => {
    const backend = await startGateway((_request, response) => {
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message: "no" } }));
    });
    await expect(ask(backend)).rejects.toMatchObject({ code, message });
    await expect(backend.listModels(signal)).rejects.toMatchObject({ code, message });
  });

  it("tells when to try again", async () => {
    const backend = await startGateway((_request, response) => {
      response.writeHead(429, { "retry-after": "12" });
      response.end("slow down");
    });
    await expect(ask(backend)).rejects.toMatchObject({
      code: "limit_exceeded",
      message: "The gateway answered 429.",
      retryAfterMs: 12_000,
    });
  });

  it("tells when the answer breaks off", async () => {
    const ended = await startGateway((_request, response) => void response.end('data: {"choices":[]}\n\n'));
    await expect(ask(ended)).rejects.toMatchObject({ code: "upstream_error" });
    const cut = await startGateway((_request, response) => {
      response.write(chunk, () => response.destroy());
    });
    await expect(ask(cut)).rejects.toMatchObject({ code: "upstream_error" });
  });

  it("gives up at once when the call is cancelled", async () => {
    const cancel = new AbortController();
    let hungUp = (): void => {};
    const gone = new Promise<void>((resolve) => (hungUp = resolve));
    const backend = await startGateway((_request, response) => {
      response.on("close", hungUp);
      response.write(chunk);
    });
    await expect(ask(backend, () => cancel.abort(), cancel.signal)).rejects.toMatchObject({ code: "client_closed" });
    await gone;
  });

  it("says so when nobody answers, or somebody else", async () => {
    const nobody = createGatewayBackend({ url: "http://127.0.0.1:1", key: new Secret("k"), userAgent: "test/1" });
    await expect(ask(nobody)).rejects.toMatchObject({
      code: "unavailable",
      message: expect.stringContaining("127.0.0.1:1"),
    });
    await expect(nobody.quota(signal)).rejects.toMatchObject({ code: "unavailable" });
    const page = await startGateway((_request, response) => void response.end("<html>"));
    await expect(page.listModels(signal)).rejects.toMatchObject({
      message: expect.stringContaining("COPILOT_LLM_URL"),
    });
    const other = await startGateway((_request, response) => void response.end('{"models":[]}'));
    await expect(other.listModels(signal)).rejects.toMatchObject({ code: "upstream_error" });
  });

  it("lists models of a plain OpenAI list too", async () => {
    const backend = await startGateway(
      (_request, response) => void response.end('{"data":[{"id":"gpt-5","owned_by":"openai"}]}'),
    );
    expect(await backend.listModels(signal)).toMatchObject([
      { id: "gpt-5", vendor: "openai", type: "chat", vision: false },
    ]);
  });
});
