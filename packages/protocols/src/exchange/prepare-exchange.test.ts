import type { CatalogueModel, JsonObject, Protocol } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { answerIds } from "../testing/answer-ids.js";
import { catalogueModel } from "../testing/catalogue-model.js";
import type { ExchangeCall } from "./exchange.js";
import { peekRequest } from "./peek-request.js";
import { prepareExchange } from "./prepare-exchange.js";

const chatModel = catalogueModel({ id: "gpt-4.1", vendor: "Azure OpenAI", wires: ["openai-chat"] });
const messagesModel = catalogueModel({ wires: ["anthropic-messages", "openai-chat"] });
const responsesModel = catalogueModel({ id: "gpt-5", vendor: "Azure OpenAI", wires: ["openai-responses"] });
const embeddingsModel = catalogueModel({ id: "embed", kind: "embeddings", wires: [], tokenizer: "cl100k_base" });
const hello = { messages: [{ role: "user", content: "Hello" }] };

function prepare(protocol: Protocol, body: JsonObject, model: CatalogueModel, changes: Partial<ExchangeCall> = {}) {
  const bytes = Buffer.from(JSON.stringify({ model: model.id, ...body }));
  const call = { protocol, operation: "generate", wireHeaders: {}, ...changes } as const;
  return { bytes, exchange: prepareExchange(call, peekRequest(protocol, bytes), model) };
}

const read = (bytes: Uint8Array): JsonObject => JSON.parse(Buffer.from(bytes).toString());

describe("an exchange on the client's own wire", () => {
  it("sends the very bytes, and gives the answer's very bytes", async () => {
    const { bytes, exchange } = prepare("openai-chat", hello, chatModel);
    const made = await exchange;
    expect(made).toMatchObject({ wire: "openai-chat", path: "/chat/completions", headers: {}, warnings: [] });
    expect(made.body).toBe(bytes);
    const answer = Buffer.from('{"choices":[{"finish_reason":"stop"}],"usage":{"prompt_tokens":3}}');
    const told = made.readAnswer(answer, answerIds());
    expect(told.body).toBe(answer);
    expect(told.usage.tokens).toMatchObject({ inputTokens: 3, outputTokens: 0 });
  });

  it("names the model as the service knows it, and changes only what the service refuses", async () => {
    const { exchange } = prepare(
      "openai-responses",
      { model: "gpt-five", input: "Hi", service_tier: "flex" },
      responsesModel,
    );
    const { body, applied, keepsContentType } = await exchange;
    expect(read(body)).toEqual({ model: "gpt-5", input: "Hi" });
    expect(applied).toEqual(["unsupported-fields"]);
    expect(keepsContentType).toBe(true);
  });

  it("passes a stream on chunk by chunk and reads its usage", async () => {
    const asked = { ...hello, stream: true, stream_options: { include_usage: true } };
    const stream = (await prepare("openai-chat", asked, chatModel).exchange).openStream(answerIds());
    const chunk = Buffer.from('data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n');
    expect(stream.push(chunk)).toMatchObject({ bytes: chunk, firstToken: true, terminal: false });
    stream.push(Buffer.from('data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":1}}\n\n'));
    const end = Buffer.from("data: [DONE]\n\n");
    expect(stream.push(end)).toMatchObject({ bytes: end, terminal: true, terminalStart: 0 });
    expect(stream.end()).toMatchObject({ bytes: null, terminal: true });
    expect(stream.result()).toMatchObject({ usage: { tokens: { inputTokens: 3, outputTokens: 1 } }, terminal: true });
  });

  it("takes of the client's betas those that the service knows", async () => {
    const wireHeaders = { "anthropic-beta": "context-1m-2025-08-07, made-up-2026", "anthropic-version": "2020-01-01" };
    const { exchange } = prepare("anthropic-messages", { ...hello, max_tokens: 9 }, messagesModel, { wireHeaders });
    expect((await exchange).headers).toEqual({
      "anthropic-version": "2023-06-01",
      "anthropic-beta": "context-1m-2025-08-07",
    });
  });

  it("asks for a count where that is what the client wants", async () => {
    const call = { operation: "count_tokens" } as const;
    const { exchange } = prepare("anthropic-messages", { ...hello, max_tokens: 9 }, messagesModel, call);
    expect((await exchange).path).toBe("/v1/messages/count_tokens");
  });

  it("makes embeddings in the form that was asked for, of texts and of token arrays", async () => {
    const body = { input: [[9906, 1917]], encoding_format: "base64" };
    const exchange = await prepare("openai-embeddings", body, embeddingsModel, { operation: "embed" }).exchange;
    expect(exchange).toMatchObject({ wire: "openai-embeddings", path: "/embeddings" });
    expect(read(exchange.body)).toEqual({ model: "embed", input: ["Hello world"] });
    const received = { data: [{ embedding: [1] }], usage: { prompt_tokens: 2 } };
    const { body: answer, usage } = exchange.readAnswer(Buffer.from(JSON.stringify(received)), answerIds());
    expect(read(answer)).toMatchObject({ data: [{ embedding: "AACAPw==" }] });
    expect(usage.tokens).toMatchObject({ inputTokens: 2, outputTokens: 0 });
    expect(() => exchange.openStream(answerIds())).toThrow("do not stream");
  });

  it("sends more texts than the service takes at once in parts, and makes one answer of theirs", async () => {
    const model = { ...embeddingsModel, maxInputs: 512 };
    const input = Array.from({ length: 2_000 }, (_, index) => `text ${index}`);
    const body = { input, encoding_format: "base64" };
    const exchange = await prepare("openai-embeddings", body, model, { operation: "embed" }).exchange;
    const sent = [exchange.body, ...exchange.furtherBodies].map(read);
    expect(sent.map((one) => (one.input as string[]).length)).toEqual([512, 512, 512, 464]);
    expect(sent.flatMap((one) => one.input)).toEqual(input);
    expect(new Set(sent.map((one) => one.model))).toEqual(new Set(["embed"]));
    const received = sent.map((one, part) => ({
      object: "list",
      data: (one.input as string[]).map((_, index) => ({ object: "embedding", index, embedding: [part + 0.25] })),
      usage: { prompt_tokens: 10, total_tokens: 10 },
      copilot_usage: { total_nano_aiu: 7 },
    }));
    const joined = exchange.joinAnswers(received.map((one) => Buffer.from(JSON.stringify(one))));
    const { body: answer, usage } = exchange.readAnswer(joined, answerIds());
    const { data } = read(answer) as { data: { index: number; embedding: string }[] };
    expect(data.map(({ index }) => index)).toEqual(input.map((_, index) => index));
    expect(Buffer.from(data[1_999]?.embedding ?? "", "base64").readFloatLE()).toBe(3.25);
    expect(usage).toMatchObject({ tokens: { inputTokens: 40 }, nanoAiu: 28 });
    const none = Buffer.from("{}");
    expect(() => exchange.joinAnswers([none, none])).toThrow("holds no embeddings");
  });

  it("gives the very bytes of an answer to a request that went up whole", async () => {
    const exchange = await prepare("openai-embeddings", { input: ["a"] }, embeddingsModel).exchange;
    expect(exchange.furtherBodies).toEqual([]);
    const bytes = Buffer.from('{"data":[]}');
    expect(exchange.joinAnswers([bytes])).toBe(bytes);
  });

  it("rejects token arrays that are none", async () => {
    const { exchange } = prepare("openai-embeddings", { input: [4_000_000_000] }, embeddingsModel, {
      operation: "embed",
    });
    await expect(exchange).rejects.toMatchObject({ code: "invalid_request", param: "input" });
  });
});

describe("an exchange on another wire", () => {
  it("translates the request and the answer, and says what was left out", async () => {
    const { exchange } = prepare("anthropic-messages", { ...hello, max_tokens: 9, top_k: 4 }, chatModel);
    const { wire, path, body, warnings, keepsContentType } = await exchange;
    expect({ wire, path, keepsContentType }).toEqual({
      wire: "openai-chat",
      path: "/chat/completions",
      keepsContentType: false,
    });
    expect(read(body)).toMatchObject({ model: "gpt-4.1", messages: hello.messages, max_tokens: 9 });
    expect(warnings).toEqual([expect.stringContaining("top_k")]);
    const received = { choices: [{ message: { content: "Hi" }, finish_reason: "stop" }], usage: { prompt_tokens: 3 } };
    const answer = (await exchange).readAnswer(Buffer.from(JSON.stringify(received)), answerIds());
    expect(read(answer.body)).toMatchObject({ type: "message", content: [{ type: "text", text: "Hi" }] });
    expect(answer.usage.tokens).toMatchObject({ inputTokens: 3 });
  });

  it("sends the wire's own headers and none of the client's", async () => {
    const wireHeaders = { "anthropic-beta": "context-1m-2025-08-07" };
    const model = catalogueModel({ wires: ["anthropic-messages"] });
    const { exchange } = prepare("openai-chat", hello, model, { wireHeaders });
    expect((await exchange).headers).toEqual({ "anthropic-version": "2023-06-01" });
  });

  it("is chosen although the model speaks the client's, where the service would ignore what is asked", async () => {
    const schema = { response_format: { type: "json_schema", json_schema: { name: "a", schema: {} } } };
    expect((await prepare("openai-chat", hello, messagesModel).exchange).wire).toBe("openai-chat");
    expect((await prepare("openai-chat", { ...hello, ...schema }, messagesModel).exchange).wire).toBe(
      "anthropic-messages",
    );
  });
});

describe("an answer that is none", () => {
  const page = "<html><body><h1>502 Bad Gateway</h1></body></html>";
  const deep = `{"choices":${"[".repeat(20_000)}${"]".repeat(20_000)}}`;
  const cases = [
    [page, "is not JSON"],
    ['{"choices":[{"mess', "is not JSON"],
    ["[]", "is not a JSON object"],
    ['"ok"', "is not a JSON object"],
    ['{"status":"ok"}', /holds no `(?:choices|content|output|data)`/],
    ['{"error":{"message":"Out of memory","type":"server_error"}}', "Out of memory"],
    [deep, "nested more deeply"],
  ] as const;
  const models = [chatModel, catalogueModel({ wires: ["anthropic-messages"] }), responsesModel];
  const asked = { ...hello, max_tokens: 9, input: "hi" };
  const exchanges = (["openai-chat", "anthropic-messages", "openai-responses"] as const)
    .flatMap((protocol) => models.map((model) => [protocol, model, asked] as const))
    .map(([protocol, model, body]) => [protocol, model.wires[0], protocol, model, body] as const);

  it.each([
    ...exchanges,
    ["openai-embeddings", "openai-embeddings", "openai-embeddings", embeddingsModel, { input: "x" }] as const,
  ])("is an error of the upstream, for a client of %s, from %s", async (_, __, protocol, model, body) => {
    const exchange = await prepare(protocol, body, model).exchange;
    for (const [text, message] of cases) {
      const reading = () => exchange.readAnswer(Buffer.from(text), answerIds());
      expect(reading, text).toThrow(expect.objectContaining({ code: "upstream_error" }));
      expect(reading).toThrow(message);
    }
  });

  it("is so for a count too", async () => {
    const call = { operation: "count_tokens" } as const;
    const { exchange } = prepare("anthropic-messages", { ...hello, max_tokens: 9 }, messagesModel, call);
    const reading = (text: string) => async () => (await exchange).readAnswer(Buffer.from(text), answerIds());
    await expect(reading('{"content":[]}')).rejects.toThrow("holds no `input_tokens`");
    expect(await reading('{"input_tokens":0}')()).toMatchObject({ usage: { tokens: null } });
  });
});

describe("an exchange that cannot be", () => {
  it.each<[Protocol, JsonObject, CatalogueModel, string]>([
    ["openai-chat", hello, embeddingsModel, "only makes embeddings"],
    ["openai-embeddings", { input: "x" }, chatModel, "does not make embeddings"],
    ["openai-chat", hello, catalogueModel({ kind: "other", wires: [] }), "cannot be used for conversations"],
  ])("%s of a model that is for something else", async (protocol, body, model, message) => {
    const rejected = { code: "invalid_request", param: "model", message: expect.stringContaining(message) };
    await expect(prepare(protocol, body, model).exchange).rejects.toMatchObject(rejected);
  });
});
