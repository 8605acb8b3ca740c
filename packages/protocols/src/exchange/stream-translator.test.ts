import { GatewayError, type JsonObject, type Wire, wires } from "@copilot-llm/model";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SseEvent } from "../sse/sse-reader.js";
import { answerIds } from "../testing/answer-ids.js";
import { answerPlan } from "../testing/answer-plan.js";
import { corpusAnswer, readCorpus } from "../testing/corpus.js";
import { propertyRuns } from "../testing/property-runs.js";
import { readAnswer } from "../testing/read-answer.js";
import { splitBytes } from "../testing/split-bytes.js";
import { streamBytes } from "../testing/stream-answer.js";
import { readEvents, translateStream } from "../testing/translate-stream.js";
import { wireOf } from "./protocols.js";
import { createStreamTranslator } from "./stream-translator.js";

const pairs = wires.flatMap((protocol) => wires.map((wire) => [protocol, wire] as const));
const named = (name: string) => readCorpus().find((conversation) => conversation.name === name) ?? readCorpus()[0];
const conversations = ["reasoning-with-tools", "unicode", "tools-parallel"].flatMap((name) => named(name) ?? []);
const upstream = (index: number, wire: Wire): Uint8Array => {
  const conversation = conversations[index % conversations.length];
  return conversation === undefined ? new Uint8Array() : streamBytes(corpusAnswer(conversation, wire), wire);
};

const terminals: Readonly<Record<Wire, (event: SseEvent) => boolean>> = {
  "openai-chat": ({ data }) => data === "[DONE]",
  "openai-responses": ({ event }) => /^response\.(completed|incomplete|failed)$/.test(event),
  "anthropic-messages": ({ event }) => event === "message_stop" || event === "error",
};

describe.each(pairs)("%s client, %s upstream", (protocol, wire) => {
  it("gives the same bytes for any split of the stream", () => {
    fc.assert(
      fc.property(fc.nat(2), fc.array(fc.nat(4000)), (index, cuts) => {
        const bytes = upstream(index, wire);
        const whole = translateStream(answerPlan(protocol, wire), [bytes]);
        const split = translateStream(answerPlan(protocol, wire), splitBytes(bytes, cuts));
        expect(split.text).toBe(whole.text);
        expect(split.result).toEqual(whole.result);
      }),
      propertyRuns(30),
    );
  });

  it("tells where the end begins among the bytes of one chunk", () => {
    const [part] = translateStream(answerPlan(protocol, wire), [upstream(0, wire)]).parts;
    const bytes = part?.bytes ?? new Uint8Array();
    const before = readEvents(bytes.subarray(0, part?.terminalStart));
    expect(before.length).toBeGreaterThan(2);
    expect(before.filter(terminals[protocol])).toEqual([]);
    expect(readEvents(bytes.subarray(part?.terminalStart)).filter(terminals[protocol])).toHaveLength(1);
  });

  it("ends in exactly one terminal event wherever the upstream breaks off", () => {
    fc.assert(
      fc.property(fc.nat(2), fc.nat(4000), (index, length) => {
        const bytes = upstream(index, wire);
        const { bytes: sent, parts, result } = translateStream(answerPlan(protocol, wire), [bytes.subarray(0, length)]);
        const events = readEvents(sent);
        expect(events.filter(terminals[protocol])).toHaveLength(1);
        expect(events.findIndex(terminals[protocol])).toBe(events.length - 1);
        expect(parts.filter(({ terminal }) => terminal)).toHaveLength(1);
        expect(result.terminal).toBe(result.errorSeen === null);
      }),
      propertyRuns(30),
    );
  });

  it("raises the SDK's error when the upstream breaks off", async () => {
    const bytes = upstream(0, wire);
    const { bytes: sent } = translateStream(answerPlan(protocol, wire), [bytes.subarray(0, bytes.length / 2)]);
    const read = readAnswer(protocol, sent, true);
    if (protocol === "openai-responses") expect(sent.toString()).toContain("The upstream cut the answer short.");
    else await expect(read).rejects.toThrow("The upstream cut the answer short.");
    await read.catch(() => undefined);
  });

  it("never runs half a call", () => {
    const bytes = upstream(0, wire);
    const at = Buffer.from(bytes).indexOf("comma");
    const { text } = translateStream(answerPlan(protocol, wire), [bytes.subarray(0, at + 9)]);
    expect(text).not.toContain("function_call_arguments.done");
    expect(text).not.toContain('"finish_reason":"tool_calls"');
    expect(text).not.toContain('"stop_reason":"tool_use"');
  });

  it("passes an upstream's error on in the protocol's form, once", () => {
    const context = { ...answerIds(), model: "m", includeUsage: true, estimatedInputTokens: 1 };
    const encoder = wireOf(wire).createStreamEncoder(context);
    const error = { status: 429, code: "rate_limit_error", message: "slow down" };
    const text = [...encoder.push({ type: "error", error }), ...encoder.finish()].join("");
    const { bytes, result } = translateStream(answerPlan(protocol, wire), [Buffer.from(text)]);
    const events = readEvents(bytes);
    expect(events.filter(({ data }) => data.includes("slow down"))).toHaveLength(1);
    expect(events.filter(terminals[protocol])).toHaveLength(1);
    expect(result).toMatchObject({ terminal: false, errorSeen: { status: 429, message: "slow down" } });
  });

  it("ends with the gateway's own error when asked to, and only then", () => {
    const bytes = upstream(0, wire);
    const translator = createStreamTranslator(answerPlan(protocol, wire), answerIds());
    translator.push(bytes.subarray(0, 500));
    const closing = translator.closing(new GatewayError("upstream_timeout", "Silent for too long."));
    expect(readEvents(closing ?? new Uint8Array()).filter(terminals[protocol])).toHaveLength(1);
    expect(translator.closing(new GatewayError("upstream_timeout", "again"))).toBeNull();
    expect(translator.end().bytes).toBeNull();
  });

  it("survives events that were tampered with", () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.integer(),
      fc.string(),
      fc.constant([]),
      fc.constant({}),
      fc.constant([null]),
    );
    fc.assert(
      fc.property(fc.nat(2), fc.array(fc.tuple(fc.nat(30), fc.nat(8), value)), (index, changes) => {
        const events = readEvents(upstream(index, wire)).map((event) => ({ ...event }));
        for (const [at, place, replacement] of changes) tamper(events, at, place, replacement as JsonObject);
        const text = events.map(({ event, data }) => `event: ${event}\ndata: ${data}\n\n`).join("");
        const { bytes } = translateStream(answerPlan(protocol, wire), [Buffer.from(text)]);
        expect(readEvents(bytes).filter(terminals[protocol])).toHaveLength(1);
      }),
      propertyRuns(100),
    );
  });
});

/** Replaces one value somewhere inside one event's data. */
function tamper(events: { event: string; data: string }[], at: number, place: number, replacement: JsonObject): void {
  const event = events[at % events.length];
  if (event === undefined || event.data === "[DONE]") return;
  const root = JSON.parse(event.data) as unknown;
  let holder: unknown = root;
  for (let depth = 0; depth < 4; depth += 1) {
    if (typeof holder !== "object" || holder === null) break;
    const keys = Object.keys(holder);
    const key = keys[place % Math.max(1, keys.length)];
    if (key === undefined) break;
    const inner: unknown = Reflect.get(holder, key);
    if (depth === 3 || typeof inner !== "object" || inner === null) {
      Reflect.set(holder, key, replacement);
      break;
    }
    holder = inner;
  }
  event.data = JSON.stringify(root);
}

describe("a call of a Messages upstream", () => {
  const stream = (input: string, reason: string): Uint8Array => {
    const events: JsonObject[] = [
      { type: "message_start", message: { id: "m", usage: { input_tokens: 1, output_tokens: 1 } } },
      { type: "content_block_start", index: 0, content_block: { type: "tool_use", id: "t", name: "f", input: {} } },
      { type: "content_block_delta", index: 0, delta: { type: "input_json_delta", partial_json: input } },
      { type: "content_block_stop", index: 0 },
      { type: "message_delta", delta: { stop_reason: reason }, usage: { output_tokens: 3 } },
      { type: "message_stop" },
    ];
    return Buffer.from(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(""));
  };

  it.each(["openai-chat", "openai-responses"] as const)(
    "without input has an empty object for %s clients",
    async (protocol) => {
      const { bytes } = translateStream(answerPlan(protocol, "anthropic-messages"), [stream("", "tool_use")]);
      expect((await readAnswer(protocol, bytes, true)).calls).toEqual([{ id: "t", name: "f", input: {} }]);
    },
  );

  it("that the output limit cut is told as incomplete to Responses clients, who run what is completed", () => {
    const plan = answerPlan("openai-responses", "anthropic-messages");
    const events = readEvents(translateStream(plan, [stream('{"city":', "max_tokens")]).bytes);
    const done = events.find(({ event }) => event === "response.output_item.done");
    expect(JSON.parse(done?.data ?? "{}")).toMatchObject({ item: { type: "function_call", status: "incomplete" } });
  });
});
