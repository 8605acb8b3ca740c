import { GatewayError, type Protocol } from "@copilot-llm/model";
import { sampleModel } from "@copilot-llm/model/testing";
import { peekRequest, prepareExchange } from "@copilot-llm/protocols";
import { beforeEach, describe, expect, test } from "vitest";
import { admittedOf, bodyOf, callOf, hello, openServeBench, type ServeBench } from "../testing/open-serve-bench.js";
import { CollectingSink, ScriptedSource } from "../testing/scripted-source.js";
import { createAnswerRequest } from "./answer-request.js";
import { splitChunkTimes } from "./chunk-times.js";
import { createRecordRequest, type RecordRequest } from "./record-request.js";

const chatModel = sampleModel();
const usage = { prompt_tokens: 7, completion_tokens: 2, total_tokens: 9 };
const whole = JSON.stringify({
  id: "chatcmpl-1",
  choices: [{ index: 0, message: { role: "assistant", content: "Hi" }, finish_reason: "stop" }],
  usage,
});
const delta = 'data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n';
const finish = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n';
const usageChunk = `data: ${JSON.stringify({ choices: [], usage })}\n\n`;
const done = "data: [DONE]\n\n";

let bench: ServeBench;
let released: number;
let strikes: unknown[];
const release = (): void => {
  released += 1;
};
beforeEach(async () => {
  bench = await openServeBench();
  released = 0;
  strikes = [];
});

function answering(record?: RecordRequest) {
  const recorded = createRecordRequest({
    ledger: bench.stores.ledger,
    responseHistory: { remember() {} },
    onRecord() {},
    log: bench.log,
    servesUnrecorded: false,
  });
  return createAnswerRequest({
    ...bench,
    pool: { reportBroken: (lease, failure) => strikes.push([lease.tokenId, failure.kind, failure.error.message]) },
    record: record ?? recorded,
    end: (trace) => trace.end(),
    heartbeatMs: 15_000,
    maxAnswerBytes: 1_000,
  });
}

const usageAsked = { stream: true, stream_options: { include_usage: true } };

async function sentOf(
  body: Parameters<typeof bodyOf>[0] | ScriptedSource,
  protocol: Protocol = "openai-chat",
  asked: object = {},
) {
  const call = callOf({ ...hello, max_tokens: 9, ...asked }, { protocol });
  const { trace } = admittedOf(bench, chatModel, call);
  const exchange = await prepareExchange(call, peekRequest(protocol, call.body), chatModel);
  trace.noteExchange(exchange);
  const lease = { tokenId: "tok_1", model: chatModel, release };
  trace.noteTry(lease, "main");
  trace.noteTryResult({ status: 200, failure: null });
  const headers = { "content-type": "application/json; charset=utf-8" };
  const source = body instanceof ScriptedSource ? body : bodyOf(body);
  const answer = { ok: true, status: 200, headers, quotas: [], body: source } as const;
  return { trace, sent: { model: chatModel, exchange, further: [], lease, answer } };
}

const textOf = (body: unknown): string => Buffer.from(body as Uint8Array).toString();

describe("a whole answer", () => {
  test("goes out as it came, once it is on record, and gives its token back", async () => {
    const { sent, trace } = await sentOf([whole.slice(0, 20), whole.slice(20)]);
    const answer = await answering().whole(sent, trace, { "x-model-served": "m" });
    expect(answer).toMatchObject({
      status: 200,
      headers: { "content-type": "application/json; charset=utf-8", "x-model-served": "m" },
      error: null,
    });
    expect(textOf(answer.body)).toBe(whole);
    const { record, bodies } = await bench.findRecord("req_1");
    expect(record).toMatchObject({ outcome: "completed", usage: { inputTokens: 7, outputTokens: 2 } });
    expect(textOf(bodies?.response)).toBe(whole);
    expect(trace.timeToFirstTokenMs).not.toBeNull();
    expect(released).toBe(1);
  });

  test("is translated for a client of another protocol, in its own content type", async () => {
    const { sent, trace } = await sentOf([whole], "anthropic-messages");
    const answer = await answering().whole(sent, trace, {});
    expect(answer.headers).toEqual({ "content-type": "application/json" });
    expect(JSON.parse(textOf(answer.body))).toMatchObject({ type: "message", content: [{ type: "text", text: "Hi" }] });
    expect((await bench.findRecord("req_1")).record.usage).toMatchObject({ inputTokens: 7, outputTokens: 2 });
  });

  test.each<[string, string[], Protocol]>([
    ["is no answer", ["oops"], "anthropic-messages"],
    ["is no answer, on its client's own wire too,", ["<html><body>502 Bad Gateway</body></html>"], "openai-chat"],
    ["is something else's JSON", ['{"ok":true}'], "openai-chat"],
    ["is cut", [whole.slice(0, -9)], "openai-chat"],
    ["is larger than the gateway takes", ["x".repeat(2_000)], "openai-chat"],
  ])("that %s is an error of the upstream, a strike, and gives its token back", async (_, chunks, protocol) => {
    const { sent, trace } = await sentOf(chunks, protocol);
    await expect(answering().whole(sent, trace, {})).rejects.toMatchObject({ code: "upstream_error" });
    expect(released).toBe(1);
    expect(strikes).toEqual([["tok_1", "unreachable", expect.stringMatching(/^The upstream/)]]);
    await expect(bench.findRecord("req_1")).rejects.toThrow();
  });

  test("to a request that went up in parts is one, each part on a lease of its own", async () => {
    const vectors = (...values: readonly number[]) =>
      JSON.stringify({
        object: "list",
        model: "m",
        data: values.map((value, index) => ({ object: "embedding", index, embedding: [value] })),
        usage: { prompt_tokens: 3, total_tokens: 3 },
        copilot_usage: { total_nano_aiu: 5 },
      });
    const model = sampleModel({ kind: "embeddings", wires: [], maxInputs: 2 });
    const call = callOf({ model: "m", input: ["a", "b", "c"] }, { protocol: "openai-embeddings" });
    const { trace } = admittedOf(bench, model, call);
    const exchange = await prepareExchange(call, peekRequest(call.protocol, call.body), model);
    const part = (body: string) => ({
      lease: { tokenId: "tok_1", model, release },
      answer: { ok: true, status: 200, headers: {}, quotas: [], body: bodyOf([body]) } as const,
    });
    const sent = { model, exchange, ...part(vectors(1, 2)), further: [async () => part(vectors(3))] };
    expect([exchange.body, ...exchange.furtherBodies].map((body) => JSON.parse(textOf(body)).input)).toEqual([
      ["a", "b"],
      ["c"],
    ]);
    const { body } = await answering().whole(sent, trace, {});
    expect(JSON.parse(textOf(body))).toMatchObject({
      data: [1, 2, 3].map((value, index) => ({ index, embedding: [value] })),
      usage: { prompt_tokens: 6, total_tokens: 6 },
    });
    expect(released).toBe(2);
    const { record } = await bench.findRecord("req_1");
    expect(record).toMatchObject({ usage: { inputTokens: 6 } });
  });

  test("that cannot be put on record is not given out", async () => {
    const failure = new GatewayError("unavailable", "The disk is full.");
    const { sent, trace } = await sentOf([whole]);
    await expect(answering(async () => failure).whole(sent, trace, {})).rejects.toBe(failure);
    expect(released).toBe(1);
  });
});

describe("a streamed answer", () => {
  async function stream(protocol: Protocol = "openai-chat", asked: object = usageAsked) {
    const source = new ScriptedSource();
    const { sent, trace } = await sentOf(source, protocol, asked);
    const answer = answering().stream(sent, trace, { "x-ratelimit-limit-requests": "5" });
    if (answer.body instanceof Uint8Array) throw new Error("the answer does not stream");
    const sink = new CollectingSink();
    answer.body.start(sink);
    return { source, sink, answer, trace, body: answer.body };
  }

  test("passes on what comes, and its end once it is on record", async () => {
    const { source, sink, answer } = await stream();
    expect(answer.headers).toEqual({
      "content-type": "application/json; charset=utf-8",
      "cache-control": "no-cache",
      "x-accel-buffering": "no",
      "x-ratelimit-limit-requests": "5",
    });
    for (const part of [delta, finish, usageChunk, done]) source.push(part);
    source.end();
    expect(sink.text).toBe(delta + finish + usageChunk);
    await expect.poll(() => sink.ended).toBe(true);
    expect(sink.text).toBe(delta + finish + usageChunk + done);
    const { record, bodies } = await bench.findRecord("req_1");
    expect(record).toMatchObject({ outcome: "completed", usage: { inputTokens: 7, outputTokens: 2 } });
    expect(textOf(splitChunkTimes(bodies?.response ?? new Uint8Array()).body)).toBe(sink.text);
    expect(released).toBe(1);
  });

  test("puts on record what the upstream counted, although its client did not ask for the usage", async () => {
    const { source, sink } = await stream("openai-chat", { stream: true });
    for (const part of [delta, finish, usageChunk, done]) source.push(part);
    source.end();
    await expect.poll(() => sink.ended).toBe(true);
    expect(sink.text).toBe(delta + finish + done);
    const { record } = await bench.findRecord("req_1");
    expect(record).toMatchObject({ outcome: "completed", usage: { inputTokens: 7, outputTokens: 2 } });
  });

  test.each([
    ["is cut before its end", [delta], 1],
    ["tells an error of its own", [delta, 'data: {"error":{"message":"overloaded","code":529}}\n\n', done], 0],
  ])("that %s is a strike only where the connection is to blame", async (_, parts, count) => {
    const { source, sink } = await stream();
    for (const part of parts) source.push(part);
    source.end();
    await expect.poll(() => sink.ended).toBe(true);
    expect((await bench.findRecord("req_1")).record.outcome).toBe("failed");
    expect(strikes).toHaveLength(count);
  });

  test("is never free where the upstream tells no usage: tokens are estimated by size", async () => {
    const { source, sink } = await stream();
    source.push(delta + delta.replace("Hi", "x".repeat(402)) + finish + done);
    source.end();
    await expect.poll(() => sink.ended).toBe(true);
    const { usage: recorded } = (await bench.findRecord("req_1")).record;
    expect(recorded?.inputTokens).toBeGreaterThan(10);
    expect(recorded?.outputTokens).toBeGreaterThanOrEqual(100);
  });

  test("is translated event by event for a client of another protocol", async () => {
    const { source, sink, answer } = await stream("anthropic-messages");
    expect(answer.headers["content-type"]).toBe("text/event-stream; charset=utf-8");
    source.push(delta + finish + done);
    source.end();
    await expect.poll(() => sink.ended).toBe(true);
    expect(sink.text).toMatch(/event: message_start.*"text":"Hi".*event: message_stop/s);
    expect(sink.text).not.toContain("[DONE]");
  });

  test.each(["openai-chat", "anthropic-messages"] as const)(
    "that its client leaves is counted as far as it had come, for a client of %s",
    async (protocol) => {
      const { source, body } = await stream(protocol);
      source.push(delta);
      for (let count = 0; count < 10; count += 1) source.push(delta.replace("Hi", "x".repeat(402)));
      body.abort();
      await expect.poll(() => bench.findRecord("req_1").catch(() => null)).not.toBeNull();
      const { outcome, usage: recorded } = (await bench.findRecord("req_1")).record;
      expect(outcome).toBe("aborted");
      expect(recorded?.inputTokens).toBeGreaterThan(0);
      expect(recorded?.outputTokens).toBeGreaterThanOrEqual(900);
      expect(recorded?.outputTokens).toBeLessThan(1_300);
    },
  );

  test("that its client gives up is recorded as that, and gives its token back", async () => {
    const { source, trace, body } = await stream();
    source.push(delta);
    body.abort();
    expect(source.aborted).toBe(true);
    await expect
      .poll(() => bench.findRecord("req_1").catch(() => null))
      .toMatchObject({
        record: { outcome: "aborted", status: 200, attempts: [{ tokenId: "tok_1" }] },
      });
    expect(trace.timeToFirstTokenMs).not.toBeNull();
    expect(released).toBe(1);
  });
});
