import { GatewayError } from "@copilot-llm/model";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { describe, expect, it, vi } from "vitest";
import { connectClient } from "../testing/connect-client.js";
import { ScriptedBackend, sampleAnswer } from "../testing/scripted-backend.js";

const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

async function start(backend = new ScriptedBackend(), defaultModel: string | null = null) {
  const { client, clock, errors } = await connectClient(backend, defaultModel);
  const chat = async (args: Record<string, unknown>) =>
    (await client.callTool({ name: "chat", arguments: args })) as CallToolResult;
  return { backend, client, clock, errors, chat };
}

const firstText = (result: CallToolResult): string => {
  const [block] = result.content;
  return block?.type === "text" ? block.text : "";
};

describe("chat", () => {
  it("answers with the text, and with the same and its cost as data", async () => {
    const { chat } = await start();
    const result = await chat({ message: "hi" });
    expect(firstText(result)).toBe("Echo: hi");
    expect(result.isError).toBeUndefined();
    expect(result.structuredContent).toEqual({
      text: "Echo: hi",
      model: "free",
      conversation_id: "conv_01010101010101010101",
      finish_reason: "stop",
      usage: { input_tokens: 3, output_tokens: 2, cache_read_tokens: 0, cache_write_tokens: 0, reasoning_tokens: 0 },
      credits: 0.5,
      request_id: "req_1",
    });
  });

  it("passes on system prompt, temperature and token limit", async () => {
    const { backend, chat } = await start();
    await chat({ message: "hi", model: "dear", system: "Be brief.", temperature: 0.5, max_tokens: 100 });
    expect(backend.requests).toMatchObject([
      { model: "dear", system: "Be brief.", temperature: 0.5, maxTokens: 100, turns: [{ role: "user", text: "hi" }] },
    ]);
  });

  it("asks the configured model, else one that costs no premium quota", async () => {
    const chosen = await start();
    await chosen.chat({ message: "hi" });
    const configured = await start(new ScriptedBackend(), "mine");
    await configured.chat({ message: "hi" });
    expect([chosen, configured].map(({ backend }) => backend.requests[0]?.model)).toEqual(["free", "mine"]);
  });

  it("says so when there is no model to choose", async () => {
    const backend = new ScriptedBackend();
    backend.models = [];
    const { chat } = await start(backend);
    const result = await chat({ message: "hi" });
    expect(result.isError).toBe(true);
    expect(firstText(result)).toBe("There is no chat model that you may use.");
  });

  it.each([
    [{}, "message must be a string"],
    [{ message: "" }, "message must not be empty"],
    [{ message: "hi", temperature: 3 }, "temperature must be at most 2"],
    [{ message: "hi", max_tokens: 1.5 }, "max_tokens must be a whole number"],
    [{ message: "hi", images: ["https://example.com/cat.png"] }, "images are not fetched"],
    [{ message: "hi", images: [{ data: "???" }] }, "images[0]: the data is not base64"],
    [{ message: "hi", images: [{ data: "aGVsbG8gd29ybGQ=", mimeType: "image/png" }] }, "no PNG, JPEG, GIF or WebP"],
    [{ message: "hi", temprature: 1 }, "temprature"],
  ])("tells what is wrong with %j", async (args, problem) => {
    const { backend, chat } = await start();
    const result = await chat(args);
    expect(result.isError).toBe(true);
    expect(firstText(result)).toContain(problem);
    expect(backend.requests).toEqual([]);
  });

  it("takes images as data URLs and as MCP's own blocks, and reads their type from the bytes", async () => {
    const { backend, chat } = await start();
    const images = [`data:image/jpeg;base64,${png}`, { type: "image", data: png, mimeType: "image/gif" }];
    await chat({ message: "What is this?", images });
    const image = { mediaType: "image/png", base64: png };
    expect(backend.requests[0]?.turns[0]?.images).toEqual([image, image]);
  });

  it("tells the upstream's refusal and when to try again", async () => {
    const backend = new ScriptedBackend();
    backend.answer = () =>
      Promise.reject(new GatewayError("budget_exhausted", "max_requests is 10.", { retryAfterMs: 90_500 }));
    const { chat } = await start(backend);
    const result = await chat({ message: "hi" });
    expect(result).toEqual({
      content: [{ type: "text", text: "max_requests is 10. Try again in 91 s." }],
      isError: true,
    });
  });

  it("keeps what came before a failure", async () => {
    const backend = new ScriptedBackend();
    backend.answer = async (_request, { onText }) => {
      onText("One, two");
      throw new GatewayError("upstream_error", "The answer broke off before it was complete.");
    };
    const { chat } = await start(backend);
    expect((await chat({ message: "count" })).content).toEqual([
      { type: "text", text: "The answer broke off before it was complete." },
      { type: "text", text: "The answer up to there:\n\nOne, two" },
    ]);
  });

  it("tells nothing of a bug of ours, and logs it", async () => {
    const backend = new ScriptedBackend();
    backend.answer = () => Promise.reject(new TypeError("secret detail"));
    const { chat, errors } = await start(backend);
    const result = await chat({ message: "hi" });
    expect(firstText(result)).toBe("The server failed to handle this call. Its log says why.");
    expect(errors).toHaveLength(1);
  });

  it("streams progress whose texts make up the answer", async () => {
    const backend = new ScriptedBackend();
    const pieces = ["One", ", ", "two", ", three"];
    const { client, clock } = await start(backend);
    backend.answer = async (_request, { onText }) => {
      for (const piece of pieces) {
        onText(piece);
        clock.advance(60);
      }
      return sampleAnswer(pieces.join(""));
    };
    const updates: { progress: number; message?: string | undefined }[] = [];
    await client.callTool({ name: "chat", arguments: { message: "count" } }, undefined, {
      onprogress: ({ progress, message }) => updates.push({ progress, message }),
    });
    expect(updates).toEqual([
      { progress: 1, message: "One" },
      { progress: 2, message: ", " },
      { progress: 3, message: "two, three" },
    ]);
  });

  it("shows a sign of life while the model is silent", async () => {
    const backend = new ScriptedBackend();
    let finish = (): void => {};
    backend.answer = () => new Promise((resolve) => (finish = () => resolve(sampleAnswer("done"))));
    const { client, clock } = await start(backend);
    const onprogress = vi.fn();
    const call = client.callTool({ name: "chat", arguments: { message: "think" } }, undefined, { onprogress });
    await vi.waitUntil(() => backend.requests.length === 1);
    clock.advance(10_000);
    clock.advance(10_000);
    await vi.waitUntil(() => onprogress.mock.calls.length === 2);
    finish();
    await call;
    expect(onprogress.mock.calls).toEqual([[{ progress: 1 }], [{ progress: 2 }]]);
    expect(clock.waiting()).toBe(0);
  });

  it("aborts the upstream request when the client cancels", async () => {
    const backend = new ScriptedBackend();
    const aborted = new Promise<void>((resolve) => {
      backend.answer = (_request, { signal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener("abort", () => {
            resolve();
            reject(new GatewayError("client_closed", "cancelled"));
          });
        });
    });
    const { client } = await start(backend);
    const cancel = new AbortController();
    const call = client.callTool({ name: "chat", arguments: { message: "hi" } }, undefined, { signal: cancel.signal });
    await vi.waitUntil(() => backend.requests.length === 1);
    cancel.abort("changed my mind");
    await expect(call).rejects.toThrow();
    await aborted;
  });
});

describe("a conversation", () => {
  it("goes on with its history, model and system prompt", async () => {
    const { backend, chat } = await start();
    const { structuredContent } = await chat({ message: "one", model: "dear", system: "Count." });
    const id = structuredContent?.conversation_id;
    expect((await chat({ message: "two", conversation_id: id })).structuredContent).toMatchObject({
      conversation_id: id,
    });
    expect(backend.requests[1]).toMatchObject({
      model: "dear",
      system: "Count.",
      turns: [
        { role: "user", text: "one" },
        { role: "assistant", text: "Echo: one" },
        { role: "user", text: "two" },
      ],
    });
  });

  it("begins under an id of the client's own", async () => {
    const { backend, chat } = await start();
    await chat({ message: "one", conversation_id: "mine" });
    await chat({ message: "two", conversation_id: "mine" });
    expect(backend.requests.map(({ turns }) => turns.length)).toEqual([1, 3]);
  });

  it("is not changed by a message that failed", async () => {
    const { backend, chat } = await start();
    await chat({ message: "one", conversation_id: "mine" });
    const { answer } = backend;
    backend.answer = () => Promise.reject(new GatewayError("upstream_error", "no"));
    await chat({ message: "lost", conversation_id: "mine" });
    backend.answer = answer;
    await chat({ message: "two", conversation_id: "mine" });
    expect(backend.requests[2]?.turns.map(({ text }) => text)).toEqual(["one", "Echo: one", "two"]);
  });

  it("that is not known any more is an error, not a new one without its context", async () => {
    const { chat } = await start();
    const result = await chat({ message: "hi", conversation_id: "conv_00000000000000000000" });
    expect(result.isError).toBe(true);
    expect(firstText(result)).toContain("Leave conversation_id out");
  });

  it("takes one message at a time", async () => {
    const backend = new ScriptedBackend();
    let finish = (): void => {};
    backend.answer = () => new Promise((resolve) => (finish = () => resolve(sampleAnswer("done"))));
    const { chat } = await start(backend);
    const first = chat({ message: "one", conversation_id: "mine" });
    await vi.waitUntil(() => backend.requests.length === 1);
    expect(firstText(await chat({ message: "two", conversation_id: "mine" }))).toContain("still being answered");
    finish();
    expect(firstText(await first)).toBe("done");
  });
});
