import { GatewayError } from "@copilot-llm/model";
import { createManualClock, sampleModel } from "@copilot-llm/model/testing";
import { type AnswerStream, peekRequest, prepareExchange } from "@copilot-llm/protocols";
import { describe, expect, test } from "vitest";
import { CollectingSink, ScriptedSource } from "../testing/scripted-source.js";
import { splitChunkTimes } from "./chunk-times.js";
import { RecordedStream, type StreamEnd } from "./recorded-stream.js";

const delta = 'data: {"choices":[{"index":0,"delta":{"content":"Hi"}}]}\n\n';
const finish = 'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\n';
const done = "data: [DONE]\n\n";

const request = {
  model: "m",
  messages: [{ role: "user", content: "Hi" }],
  stream: true,
  stream_options: { include_usage: true },
};
const peek = peekRequest("openai-chat", Buffer.from(JSON.stringify(request)));
const model = sampleModel({ wires: ["openai-chat", "anthropic-messages"] });
const call = { operation: "generate", wireHeaders: {} } as const;
const exchanges = {
  "openai-chat": await prepareExchange({ ...call, protocol: "openai-chat" }, peek, model),
  "anthropic-messages": await prepareExchange({ ...call, protocol: "anthropic-messages" }, peek, model),
};

function openStream(protocol: keyof typeof exchanges): AnswerStream {
  return exchanges[protocol].openStream({ requestId: "req_1", nowSeconds: 0, createId: (prefix) => `${prefix}1` });
}

function open(protocol: keyof typeof exchanges = "openai-chat", changes: Partial<AnswerStream> = {}) {
  const source = new ScriptedSource();
  const sink = new CollectingSink();
  const clock = createManualClock();
  const ends: StreamEnd[] = [];
  const firstTokens: number[] = [];
  let recorded = (_failure: GatewayError | null): void => {};
  const stream = new RecordedStream({
    source,
    answer: Object.assign(openStream(protocol), changes),
    recordBody: true,
    clock,
    heartbeatMs: 15_000,
    onFirstToken: () => firstTokens.push(clock.nowMs()),
    settle: (end) => {
      ends.push(end);
      return new Promise((resolve) => {
        recorded = resolve;
      });
    },
  });
  stream.start(sink);
  const record = async (failure: GatewayError | null = null): Promise<void> => {
    recorded(failure);
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { source, sink, clock, ends, firstTokens, stream, record };
}

const fail = (): never => {
  throw new TypeError("a bug of the mapping");
};

describe("RecordedStream", () => {
  test("passes chunks on as they come and notes the first token", () => {
    const { source, sink, firstTokens } = open();
    expect(source.push(delta)).toBe(true);
    expect(sink.text).toBe(delta);
    source.push(delta);
    expect(firstTokens).toHaveLength(1);
  });

  test("holds the end of the answer back until the record is durable", async () => {
    const { source, sink, ends, record } = open();
    source.push(delta + finish);
    source.push(done);
    source.end();
    expect(sink.text).toBe(delta + finish);
    expect(ends).toHaveLength(1);
    await record();
    expect(sink.text).toBe(delta + finish + done);
    expect(sink.ended).toBe(true);
  });

  test.each<[keyof typeof exchanges, string]>([
    ["openai-chat", done],
    ["anthropic-messages", 'event: message_stop\ndata: {"type":"message_stop"}\n\n'],
  ])("ends %s with an error instead where the answer cannot be put on record", async (protocol, end) => {
    const { source, sink, record } = open(protocol);
    source.push(end);
    await record(new GatewayError("unavailable", "The request could not be put on record."));
    expect(sink.text).toContain("could not be put on record");
    expect(sink.text).not.toContain("message_stop");
    expect(sink.ended).toBe(true);
    expect(source.aborted).toBe(true);
  });

  test("holds back nothing but the end where one chunk brings the whole answer", async () => {
    const { source, sink, record } = open();
    source.push(delta + finish + done);
    expect(sink.text).toBe(delta + finish);
    await record();
    expect(sink.text).toBe(delta + finish + done);
  });

  test("records the bytes that the client gets, and when", async () => {
    const { source, clock, ends, record } = open();
    const startedAtMs = clock.nowMs();
    clock.advance(250);
    source.push(delta);
    clock.advance(40);
    source.push(done);
    await record();
    expect(ends[0]?.outcome).toBe("completed");
    const { body, chunks } = splitChunkTimes(ends[0]?.response ?? new Uint8Array());
    expect(Buffer.from(body).toString()).toBe(delta + done);
    expect(chunks).toEqual([
      { endByte: delta.length, atMs: startedAtMs + 250 },
      { endByte: delta.length + done.length, atMs: startedAtMs + 290 },
    ]);
  });

  test("ends a stream that breaks off in the protocol's own form and records the failure", async () => {
    const { source, sink, ends, record } = open();
    source.push(delta);
    source.fail(new GatewayError("upstream_timeout", "GitHub Copilot fell silent."));
    await record();
    expect(ends[0]).toMatchObject({ outcome: "failed", error: { code: "upstream_timeout" } });
    expect(sink.text).toContain('"error"');
    expect(sink.text.endsWith(done)).toBe(true);
    expect(sink.ended).toBe(true);
  });

  test("takes an end without a terminal event for a truncated answer", async () => {
    const { source, sink, ends, record } = open("anthropic-messages");
    source.push('event: message_start\ndata: {"type":"message_start","message":{"usage":{"input_tokens":1}}}\n\n');
    source.end();
    await record();
    expect(ends[0]).toMatchObject({ outcome: "failed", error: { code: "upstream_error" } });
    expect(sink.text).toContain("event: error");
  });

  test.each<[string, Partial<AnswerStream>]>([
    ["its end cannot be mapped", {}],
    ["nor can anything be told", { closing: fail, result: fail }],
  ])("is settled, with no heartbeat left, when %s", async (_name, changes) => {
    const { source, sink, clock, ends, record } = open("openai-chat", { end: fail, ...changes });
    source.push(delta);
    source.end();
    await record();
    expect(ends).toMatchObject([{ outcome: "failed", error: { code: "internal" } }]);
    expect(sink.ended).toBe(true);
    expect(clock.waiting()).toBe(0);
  });

  test("takes a Chat stream that finished without [DONE] for complete", async () => {
    const { source, sink, ends, record } = open();
    source.push(delta + finish);
    source.end();
    await record();
    expect(ends[0]?.outcome).toBe("completed");
    expect(sink.text).toBe(delta + finish);
    expect(sink.ended).toBe(true);
  });

  test("records a stream as failed when the upstream sent an error inside it", async () => {
    const { source, ends, sink, record } = open();
    const error = 'data: {"error":{"message":"overloaded","code":"model_overloaded"}}\n\n';
    source.push(delta);
    source.push(error);
    source.end();
    await record();
    expect(ends[0]).toMatchObject({ outcome: "failed", error: { upstream: { code: "model_overloaded" } } });
    expect(sink.text).toBe(delta + error);
  });

  test("a hang-up aborts the source at once and is recorded once", () => {
    const { source, ends, stream } = open();
    source.push(delta);
    stream.abort();
    stream.abort();
    expect(source.aborted).toBe(true);
    expect(ends).toHaveLength(1);
    expect(ends[0]?.outcome).toBe("aborted");
  });

  test("a source that gave up because the client hung up counts as that hang-up", () => {
    const { source, ends } = open();
    source.push(delta);
    source.fail(new GatewayError("client_closed", "The client hung up."));
    expect(ends).toMatchObject([{ outcome: "aborted", error: null }]);
  });

  test("a hang-up after the end of the answer leaves the record as it is", async () => {
    const { source, ends, stream, record } = open();
    source.push(delta + done);
    stream.abort();
    await record();
    expect(ends).toHaveLength(1);
    expect(ends[0]?.outcome).toBe("completed");
  });

  test("asks the source to wait while the client is slow", () => {
    const { source, sink, stream } = open();
    sink.full = true;
    expect(source.push(delta)).toBe(false);
    stream.resume();
    expect(source.resumed).toBe(1);
  });

  test("fills 15 s of silence with a heartbeat, and again after the next", () => {
    const { source, sink, clock } = open();
    source.push(delta);
    clock.advance(14_999);
    expect(sink.text).toBe(delta);
    clock.advance(1);
    expect(sink.text).toBe(`${delta}: keep-alive\n\n`);
    clock.advance(15_000);
    expect(sink.text).toBe(`${delta}: keep-alive\n\n: keep-alive\n\n`);
  });

  test("sends no heartbeat into the middle of an event", () => {
    const { source, sink, clock } = open("anthropic-messages");
    const half = "event: message_st";
    source.push(half);
    clock.advance(60_000);
    expect(sink.text).toBe(half);
  });

  test("sends no heartbeat after the end", async () => {
    const { source, sink, clock, record } = open();
    source.push(delta + done);
    await record();
    clock.advance(60_000);
    expect(sink.text).toBe(delta + done);
  });

  test("that is over takes nothing more, and may be resumed and given up", async () => {
    const { source, sink, stream, ends, record } = open();
    source.push(delta + done);
    source.end();
    await record();
    expect(sink.ended).toBe(true);
    expect(source.push(delta)).toBe(false);
    stream.resume();
    stream.abort();
    expect(sink.text).toBe(delta + done);
    expect(ends).toHaveLength(1);
  });

  test("that was given up while its record was being written sends nothing of what it held", async () => {
    const { source, sink, stream, record } = open();
    source.push(delta);
    source.push(done);
    stream.abort();
    await record();
    expect(sink.text).toBe(delta);
    expect(sink.ended).toBe(false);
  });
});
