import type { CatalogueModel, JsonObject, Wire } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { answerIds } from "../testing/answer-ids.js";
import { catalogueModel } from "../testing/catalogue-model.js";
import { readAnswer } from "../testing/read-answer.js";
import { peekRequest } from "./peek-request.js";
import { prepareExchange } from "./prepare-exchange.js";

const user = { role: "user", content: "x" };
const usage = { prompt_tokens: 60, completion_tokens: 7 };
const chunk = (delta: JsonObject, reason: string | null = null) => ({
  id: "c",
  choices: [{ index: 0, delta, finish_reason: reason }],
});

async function prepare(protocol: Wire, body: JsonObject, changes: Partial<CatalogueModel>) {
  const bytes = Buffer.from(JSON.stringify({ model: changes.id ?? "m", ...body }));
  const call = { protocol, operation: "generate", wireHeaders: {} } as const;
  return {
    bytes,
    exchange: await prepareExchange(
      call,
      peekRequest(protocol, bytes),
      catalogueModel({ wires: [protocol], ...changes }),
    ),
  };
}

async function stream(protocol: Wire, body: JsonObject, model: Partial<CatalogueModel>, events: readonly JsonObject[]) {
  const { exchange } = await prepare(protocol, { stream: true, ...body }, model);
  const answer = exchange.openStream(answerIds());
  const text = [...events.map((event) => JSON.stringify(event)), ...(protocol === "openai-chat" ? ["[DONE]"] : [])];
  const first = Buffer.from(answer.push(Buffer.from(text.map((data) => `data: ${data}\n\n`).join(""))).bytes ?? []);
  const bytes = Buffer.concat([first, Buffer.from(answer.end().bytes ?? [])]);
  return { bytes, result: answer.result() };
}

const gpt4 = { id: "gpt-4.1", vendor: "OpenAI" };
const gpt5 = { id: "gpt-5-mini", vendor: "OpenAI" };
const claude = { id: "claude-sonnet-4.6", vendor: "Anthropic" };

describe("a request on the client's own wire", () => {
  it("goes on as the very bytes that came when no rule concerns it", async () => {
    const { bytes, exchange } = await prepare("openai-chat", { messages: [user], stop: ["END"], temperature: 0 }, gpt4);
    expect(exchange.body).toBe(bytes);
    expect(exchange.applied).toEqual([]);
  });
});

describe("the usage of a Chat stream", () => {
  const events = [chunk({ content: "Hi" }), chunk({}, "stop"), { id: "c", choices: [], usage }];

  it("is counted, and its chunk kept from a client that did not ask", async () => {
    const { bytes, result } = await stream("openai-chat", { messages: [user] }, gpt4, events);
    expect(result.usage.tokens).toMatchObject({ inputTokens: 60, outputTokens: 7 });
    expect(bytes.toString()).not.toContain("usage");
    expect(bytes.toString()).toContain("[DONE]");
  });

  it("is shown to a client that asked", async () => {
    const options = { stream_options: { include_usage: true } };
    const { bytes, result } = await stream("openai-chat", { messages: [user], ...options }, gpt4, events);
    expect(result.usage.tokens).toMatchObject({ inputTokens: 60, outputTokens: 7 });
    expect(bytes.toString()).toContain('"prompt_tokens":60');
  });
});

describe("stop sequences that the service does not take", () => {
  it("cut a whole Chat answer", async () => {
    const { exchange } = await prepare("openai-chat", { messages: [user], stop: ["END", "\n"] }, gpt5);
    expect(JSON.parse(Buffer.from(exchange.body).toString())).not.toHaveProperty("stop");
    const message = { role: "assistant", content: "one END two" };
    const answer = { id: "c", choices: [{ index: 0, message, finish_reason: "stop" }], usage };
    const { body, usage: counted } = exchange.readAnswer(Buffer.from(JSON.stringify(answer)), answerIds());
    expect(await readAnswer("openai-chat", body, false)).toMatchObject({ text: "one ", finish: "stop" });
    expect(counted.tokens).toMatchObject({ outputTokens: 7 });
  });

  it("cut a Chat stream, across its pieces", async () => {
    const events = ["one E", "N", "D two"].map((content) => chunk({ content }));
    const { bytes, result } = await stream("openai-chat", { messages: [user], stop: "END" }, gpt5, [
      ...events,
      chunk({}, "stop"),
      { id: "c", choices: [], usage },
    ]);
    expect(await readAnswer("openai-chat", bytes, true)).toMatchObject({
      text: "one ",
      finish: "stop",
      inputTokens: null,
    });
    expect(result.usage.tokens).toMatchObject({ inputTokens: 60 });
  });

  it("cut a Messages stream at a line's end, while the service cuts at the others", async () => {
    const body = { max_tokens: 9, messages: [user], stop_sequences: ["\n", "END"] };
    const { exchange } = await prepare("anthropic-messages", body, claude);
    expect(JSON.parse(Buffer.from(exchange.body).toString()).stop_sequences).toEqual(["END"]);
    const counted = { input_tokens: 5, output_tokens: 6 };
    const { bytes } = await stream("anthropic-messages", body, claude, [
      { type: "message_start", message: { id: "m", model: "m", usage: counted } },
      { type: "content_block_start", index: 0, content_block: { type: "text", text: "" } },
      { type: "content_block_delta", index: 0, delta: { type: "text_delta", text: "one\ntwo" } },
      { type: "content_block_stop", index: 0 },
      { type: "message_delta", delta: { stop_reason: "end_turn", stop_sequence: null }, usage: counted },
      { type: "message_stop" },
    ]);
    expect(await readAnswer("anthropic-messages", bytes, true)).toMatchObject({
      text: "one",
      finish: "stop_sequence",
      stopSequence: "\n",
    });
  });

  it("are refused where the answer cannot be taken apart", async () => {
    await expect(prepare("openai-chat", { messages: [user], stop: ["END"], n: 2 }, gpt5)).rejects.toMatchObject({
      code: "invalid_request",
      param: "n",
    });
  });
});
