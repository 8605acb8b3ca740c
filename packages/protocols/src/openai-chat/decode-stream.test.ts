import type { JsonObject } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import type { CanonicalEvent } from "../canonical/event.js";
import { openaiChat } from "./openai-chat.js";

const chunk = (delta: JsonObject, rest: JsonObject = {}, choice: JsonObject = {}): JsonObject => ({
  id: "c1",
  created: 5,
  model: "m",
  choices: [{ index: 0, delta, finish_reason: null, ...choice }],
  ...rest,
});
const finish = (reason: string, rest: JsonObject = {}) => chunk({}, rest, { finish_reason: reason });
const usage = { prompt_tokens: 3, completion_tokens: 2 };
const tokens = { inputTokens: 3, outputTokens: 2, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
const call = (index: number, id: string | undefined, name: string | undefined, text: string) => ({
  index,
  ...(id === undefined ? {} : { id }),
  type: "function",
  function: { ...(name === undefined ? {} : { name }), arguments: text },
});

function decode(chunks: readonly (JsonObject | string)[]): CanonicalEvent[] {
  const run = openaiChat.createStreamDecoder();
  const data = chunks.map((one) => ({ event: "", data: typeof one === "string" ? one : JSON.stringify(one) }));
  return [...data.flatMap((event) => [...run.push(event)]), ...run.finish()];
}

const types = (events: readonly CanonicalEvent[]) => events.map(({ type }) => type);
const callsOf = (events: readonly CanonicalEvent[]) =>
  events.flatMap((event) =>
    event.type === "tool-call" ? [[event.call.callId, event.call.name, event.call.input]] : [],
  );

describe("Chat stream decoder", () => {
  it("opens and closes blocks around text", () => {
    const events = decode([
      { choices: [], prompt_filter_results: [] },
      chunk({ role: "assistant", content: "" }),
      chunk({ content: "Hi" }),
      finish("stop"),
      "[DONE]",
    ]);
    expect(events).toEqual([
      { type: "response-metadata", metadata: { id: "c1", model: "m", createdAtSeconds: 5 } },
      { type: "text-start", id: "0", kind: "text" },
      { type: "text-delta", id: "0", text: "Hi" },
      { type: "text-end", id: "0" },
      { type: "finish", finish: { unified: "stop", raw: "stop", stopSequence: null } },
    ]);
  });

  it.each([
    ["on the finish chunk", [finish("stop", { usage, copilot_usage: { total_nano_aiu: 9 } }), "[DONE]"]],
    ["in a chunk of its own", [finish("stop"), { choices: [], usage, copilot_usage: { total_nano_aiu: 9 } }, "[DONE]"]],
    [
      "at the end of a stream without [DONE]",
      [finish("stop"), { choices: [], usage: { ...usage, copilot_usage: { total_nano_aiu: 9 } } }],
    ],
  ])("takes usage %s, before the one finish", (_title, chunks) => {
    const events = decode([chunk({ content: "x" }), ...chunks]);
    expect(events.slice(-2)).toEqual([
      { type: "usage", usage: { tokens, nanoAiu: 9 } },
      { type: "finish", finish: { unified: "stop", raw: "stop", stopSequence: null } },
    ]);
  });

  it("seals reasoning with the opaque part that comes before the text", () => {
    const events = decode([
      chunk({ reasoning_text: "hm" }),
      chunk({ reasoning_opaque: "s1", content: "" }),
      chunk({ content: "x" }),
      finish("stop"),
      "[DONE]",
    ]);
    expect(events).toContainEqual({
      type: "reasoning-end",
      id: "0",
      opaque: { wire: "openai-chat", data: "s1", redacted: false },
    });
    expect(types(events).filter((type) => type === "reasoning-start")).toHaveLength(1);
  });

  it("keeps an opaque part that comes behind the text", () => {
    const events = decode([
      chunk({ reasoning_text: "hm" }),
      chunk({ content: "x" }),
      chunk({ reasoning_opaque: "s1" }),
      finish("stop"),
      "[DONE]",
    ]);
    expect(types(events).slice(-4)).toEqual(["text-end", "reasoning-start", "reasoning-end", "finish"]);
    expect(events.at(-2)).toMatchObject({ opaque: { data: "s1" } });
  });

  it("joins choices that follow one another, text first and calls later", () => {
    const events = decode([
      chunk({ content: "I look." }, {}, { finish_reason: "stop" }),
      { choices: [{ index: 1, delta: { tool_calls: [call(0, "a", "f", "{}")] }, finish_reason: null }] },
      { choices: [{ index: 2, delta: { tool_calls: [call(0, "b", "g", '{"x":1}')] }, finish_reason: "tool_calls" }] },
      "[DONE]",
    ]);
    expect(callsOf(events)).toEqual([
      ["a", "f", "{}"],
      ["b", "g", '{"x":1}'],
    ]);
    expect(events.at(-1)).toMatchObject({ finish: { unified: "tool-calls" } });
  });

  it("puts calls together whose fragments repeat the id and give the name once", () => {
    const events = decode([
      chunk({ tool_calls: [call(0, "a", "f", "")] }),
      chunk({ tool_calls: [call(0, "a", undefined, '{"x"')] }),
      chunk({ tool_calls: [call(0, "a", undefined, ":1}")] }),
      finish("tool_calls"),
      "[DONE]",
    ]);
    expect(callsOf(events)).toEqual([["a", "f", '{"x":1}']]);
  });

  it("keeps interleaved parallel calls apart", () => {
    const events = decode([
      chunk({ tool_calls: [call(0, "a", "f", '{"x"'), call(1, "b", "g", '{"y"')] }),
      chunk({ tool_calls: [call(1, undefined, undefined, ":2}"), call(0, undefined, undefined, ":1}")] }),
      finish("tool_calls"),
      "[DONE]",
    ]);
    expect(callsOf(events)).toEqual([
      ["a", "f", '{"x":1}'],
      ["b", "g", '{"y":2}'],
    ]);
  });

  it("joins fragments that have neither index nor id, and begins a new call at the next name", () => {
    const fragment = (fields: JsonObject, more: JsonObject = {}) =>
      chunk({ tool_calls: [{ function: fields, ...more }] });
    const events = decode([
      fragment({ name: "f", arguments: "" }, { id: "a" }),
      fragment({ arguments: '{"x"' }),
      fragment({ arguments: ":1}" }, { id: "" }),
      fragment({ name: "g", arguments: '{"y":' }),
      fragment({ arguments: "2}" }, { index: null }),
      fragment({ name: "g", arguments: "{}" }),
      finish("tool_calls"),
      "[DONE]",
    ]);
    expect(callsOf(events).map(([, name, input]) => [name, input])).toEqual([
      ["f", '{"x":1}'],
      ["g", '{"y":2}'],
      ["g", "{}"],
    ]);
    expect(new Set(callsOf(events).map(([id]) => id)).size).toBe(3);
  });

  it("takes a new id and name on the same index for a new call", () => {
    const events = decode([
      chunk({ tool_calls: [call(0, "a", "f", "{}")] }),
      chunk({ tool_calls: [call(0, "b", "g", "{}")] }),
      finish("tool_calls"),
      "[DONE]",
    ]);
    expect(callsOf(events)).toEqual([
      ["a", "f", "{}"],
      ["b", "g", "{}"],
    ]);
  });

  it("gives an empty input as the empty object, and repeated ids a stand-in", () => {
    const events = decode([
      chunk({ tool_calls: [call(0, "a", "f", "")] }),
      chunk({ tool_calls: [call(1, "a", "g", "")] }),
      finish("tool_calls"),
      "[DONE]",
    ]);
    expect(callsOf(events)).toEqual([
      ["a", "f", "{}"],
      ["missing:0:1", "g", "{}"],
    ]);
  });

  it("tells a refusal apart from text", () => {
    const events = decode([chunk({ refusal: "No." }), finish("stop"), "[DONE]"]);
    expect(events).toContainEqual({ type: "text-start", id: "0", kind: "refusal" });
  });

  it.each<[string, (JsonObject | string)[], string]>([
    ["an error in the stream", [chunk({ content: "x" }), { error: { code: 500, message: "boom" } }, "[DONE]"], "boom"],
    [
      "a finish reason of error",
      [chunk({ content: "x" }), finish("error"), "[DONE]"],
      "ended the answer with an error",
    ],
    ["a stream that breaks off", [chunk({ content: "x" })], "The upstream cut the answer short."],
    ["an empty stream", [], "The upstream cut the answer short."],
  ])("ends %s in one error", (_title, chunks, message) => {
    const events = decode(chunks);
    expect(events.filter(({ type }) => type === "error" || type === "finish")).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: "error", error: { message: expect.stringContaining(message) } });
  });

  it("takes [DONE] without a finish reason for a whole answer", () => {
    expect(decode([chunk({ content: "x" }), "[DONE]"]).at(-1)).toMatchObject({
      finish: { unified: "stop", raw: null },
    });
    expect(decode([chunk({ tool_calls: [call(0, "a", "f", "{}")] }), "[DONE]"]).at(-1)).toMatchObject({
      finish: { unified: "tool-calls" },
    });
  });

  it("passes over what is not for it", () => {
    const events = decode([
      "not json",
      "3",
      { choices: null },
      { choices: [null, 4] },
      chunk({ tool_calls: [null, {}] }),
      finish("stop"),
      "[DONE]",
      chunk({ content: "late" }),
    ]);
    expect(types(events)).toEqual(["response-metadata", "finish"]);
  });
});

describe("Chat answers in one piece", () => {
  it("joins choices in their order with the most telling reason", () => {
    const answer = openaiChat.decodeResponse({
      choices: [
        {
          index: 0,
          message: { content: "I look.", reasoning_text: "hm", reasoning_opaque: "s" },
          finish_reason: "stop",
        },
        { index: 1, message: { content: null, tool_calls: [call(0, "a", "f", "{}")] }, finish_reason: "tool_calls" },
        { index: 2, message: { tool_calls: [call(0, "b", "g", "{}")] }, finish_reason: "tool_calls" },
      ],
    });
    expect(answer.content.map(({ type }) => type)).toEqual(["reasoning", "text", "tool-call", "tool-call"]);
    expect(answer.finish.unified).toBe("tool-calls");
  });

  it("raises an error that stands in place of an answer", () => {
    expect(() => openaiChat.decodeResponse({ error: { code: "x", message: "boom" } })).toThrowError(
      expect.objectContaining({ code: "upstream_error", message: "boom" }),
    );
  });
});
