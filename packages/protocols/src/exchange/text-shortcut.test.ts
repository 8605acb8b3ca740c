import type { JsonObject, Wire } from "@copilot-llm/model";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { answerPlan } from "../testing/answer-plan.js";
import { propertyRuns } from "../testing/property-runs.js";
import { splitBytes } from "../testing/split-bytes.js";
import { translateStream } from "../testing/translate-stream.js";

const chatEvent = (delta: JsonObject, more: JsonObject = {}): string =>
  `data: ${JSON.stringify({ id: "c", model: "m", choices: [{ index: 0, delta, finish_reason: null }], ...more })}\n\n`;
const call = (input: string): JsonObject => ({
  tool_calls: [{ index: 0, id: "call_1", function: { name: "f", arguments: input } }],
});
const messagesDelta = (delta: JsonObject): string =>
  `event: content_block_delta\ndata: ${JSON.stringify({ type: "content_block_delta", index: 0, delta })}\n\n`;

const words = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "grapheme", maxLength: 8 }) },
  { weight: 1, arbitrary: fc.constantFrom("", "\n", '"', "\\", '\\"', "\u001b", "\u2028", "/", "A", "c", "m", "{}") },
);
const chatEvents = fc.oneof(
  { weight: 12, arbitrary: words.map((content) => chatEvent({ content })) },
  { weight: 2, arbitrary: words.map((text) => chatEvent({ reasoning_text: text })) },
  { weight: 1, arbitrary: words.map((text) => chatEvent({ refusal: text })) },
  { weight: 1, arbitrary: words.map((text) => chatEvent({ content: text, reasoning_text: text })) },
  { weight: 1, arbitrary: words.map((text) => chatEvent({ content: "A" }, { content: text })) },
  { weight: 1, arbitrary: words.map((text) => chatEvent(call(text))) },
  { weight: 1, arbitrary: words.map((text) => chatEvent({ content: text }, { usage: { prompt_tokens: 1 } })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(": hi\n\n", "\n", "data: broken\n\n", chatEvent({}).replaceAll("\n", "\r\n")),
  },
  { weight: 1, arbitrary: words.map((text) => chatEvent({ content: text }).replaceAll("\\", "\\u005c")) },
  { weight: 1, arbitrary: words.map((text) => chatEvent({ content: text }).replace("/", "\\/")) },
);
const messagesEvents = fc.oneof(
  { weight: 6, arbitrary: words.map((text) => messagesDelta({ type: "text_delta", text })) },
  { weight: 1, arbitrary: words.map((text) => messagesDelta({ type: "thinking_delta", thinking: text })) },
);
const messagesStart = [
  'event: message_start\ndata: {"type":"message_start","message":{"id":"m","model":"m"}}\n\n',
  'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n',
];

function bytewise(bytes: Uint8Array): Uint8Array[] {
  return [...bytes].map((byte) => Uint8Array.of(byte));
}

/** Cut into single bytes nothing goes the short way. */
function expectAlike(client: Wire, upstream: Wire, text: string, cuts: readonly number[]): void {
  const bytes = Buffer.from(text);
  const plan = answerPlan(client, upstream);
  const long = translateStream(plan, bytewise(bytes));
  for (const chunks of [[bytes], splitBytes(bytes, cuts), text.split(/(?<=\n\n)/).map((event) => Buffer.from(event))]) {
    const short = translateStream(plan, chunks);
    expect(short.text).toBe(long.text);
    expect(short.result).toEqual(long.result);
  }
}

describe("the short way", () => {
  it.each<[Wire, Wire]>([
    ["anthropic-messages", "openai-chat"],
    ["openai-responses", "openai-chat"],
    ["openai-chat", "openai-chat"],
  ])("brings a %s client of %s the same bytes as the long one, whatever comes", (client, upstream) => {
    fc.assert(
      fc.property(fc.array(chatEvents, { maxLength: 24 }), fc.array(fc.nat(3_000)), (events, cuts) => {
        expectAlike(client, upstream, `${events.join("")}data: [DONE]\n\n`, cuts);
      }),
      propertyRuns(60),
    );
  });

  it.each<[Wire, Wire]>([
    ["openai-chat", "anthropic-messages"],
    ["anthropic-messages", "anthropic-messages"],
  ])("brings a %s client of %s the same bytes, too", (client, upstream) => {
    fc.assert(
      fc.property(fc.array(messagesEvents, { maxLength: 24 }), fc.array(fc.nat(3_000)), (events, cuts) => {
        expectAlike(client, upstream, [...messagesStart, ...events].join(""), cuts);
      }),
      propertyRuns(60),
    );
  });

  it("parses the words of an answer no more once it knows them", () => {
    const events = Array.from({ length: 40 }, (_, index) => chatEvent({ content: `word ${index}\n` }));
    const parse = vi.spyOn(JSON, "parse");
    const { text } = translateStream(answerPlan("anthropic-messages", "openai-chat"), events.map(Buffer.from));
    const parsed = parse.mock.calls.length;
    parse.mockRestore();
    expect(text).toContain("word 39\\n");
    expect(parsed).toBeLessThan(6);
  });

  it("ends where something else is said: words behind a call open a block of their own", () => {
    const events = [
      { content: "a" },
      { content: "b" },
      { content: "c" },
      call("{}"),
      { content: "d" },
      { content: "e" },
    ];
    const { text } = translateStream(answerPlan("anthropic-messages", "openai-chat"), [
      Buffer.from(`${events.map((delta) => chatEvent(delta)).join("")}data: [DONE]\n\n`),
    ]);
    expect(text.match(/content_block_start"/g)).toHaveLength(3);
    expect(text).toContain('"index":2,"delta":{"type":"text_delta","text":"e"}');
  });
});
