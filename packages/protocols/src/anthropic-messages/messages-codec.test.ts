import type { JsonObject } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import type { CanonicalEvent } from "../canonical/event.js";
import type { AssistantPart } from "../canonical/part.js";
import type { CanonicalResponse, UnifiedFinishReason } from "../canonical/response.js";
import { answerIds } from "../testing/answer-ids.js";
import { answerPlan } from "../testing/answer-plan.js";
import { corpusAnswer, readCorpus } from "../testing/corpus.js";
import { streamBytes } from "../testing/stream-answer.js";
import { readEvents, translateStream } from "../testing/translate-stream.js";
import { anthropicMessages } from "./anthropic-messages.js";

function decode(body: JsonObject) {
  return anthropicMessages.decodeRequest({
    model: "m",
    max_tokens: 9,
    messages: [{ role: "user", content: "x" }],
    ...body,
  });
}

function decodeStream(events: readonly JsonObject[]): CanonicalEvent[] {
  const run = anthropicMessages.createStreamDecoder();
  return [...events.flatMap((event) => [...run.push({ event: "", data: JSON.stringify(event) })]), ...run.finish()];
}

describe("Messages requests", () => {
  it("takes what Claude Code sends (requirement: system-role-in-messages)", () => {
    const { request, warnings } = decode({
      system: [
        { type: "text", text: "x-anthropic-billing-header: cc_version=2;" },
        { type: "text", text: "You are", cache_control: { type: "ephemeral", ttl: "1h", scope: "global" } },
      ],
      messages: [
        { role: "user", content: [{ type: "text", text: "hi" }] },
        { role: "system", content: "env", output_config: { effort: "low" } },
        { role: "assistant", content: [{ type: "tool_use", id: "t1", name: "ToolSearch", input: { q: 1 } }] },
        {
          role: "user",
          content: [
            { type: "tool_result", tool_use_id: "t1", content: [{ type: "tool_reference", tool_name: "WebSearch" }] },
            { type: "text", text: "Tool loaded." },
          ],
        },
      ],
      tools: [
        { name: "Bash", input_schema: { type: "object" }, defer_loading: true, eager_input_streaming: true },
        { type: "web_search_20250305", name: "web_search", max_uses: 8 },
      ],
      thinking: { type: "adaptive", display: "omitted" },
      output_config: { effort: "high" },
      context_management: { edits: [] },
      metadata: { user_id: '{"session_id":"s"}' },
    });
    expect(request.messages.map(({ role }) => role)).toEqual(["system", "user", "system", "assistant", "tool", "user"]);
    expect(request.messages[0]?.content).toEqual([{ type: "text", text: "You are", cache: { ttl: "1h" } }]);
    expect(request.tools.map(({ type }) => type)).toEqual(["function", "server"]);
    expect(request.reasoning).toEqual({ mode: "adaptive", effort: "high", budgetTokens: null, summary: null });
    expect(request.user).toBe('{"session_id":"s"}');
    expect(warnings).toEqual(["`context_management` is not carried to this model's protocol and was left out."]);
  });

  it("reads documents: texts as text, files as files, headed by what is said about them", () => {
    const document = (source: JsonObject) => ({ type: "document", source, title: "t", context: "c" });
    const content = [
      document({ type: "text", data: "plain", media_type: "text/plain" }),
      document({ type: "base64", media_type: "application/pdf", data: "AAAA" }),
      {
        ...document({ type: "content", content: [{ type: "text", text: "inner" }] }),
        cache_control: { type: "ephemeral" },
      },
      { type: "document", source: { type: "text", data: "bare", media_type: "text/plain" } },
    ];
    const { request } = decode({ messages: [{ role: "user", content }] });
    const text = (words: string) => ({ type: "text", text: words, cache: null });
    expect(request.messages[0]?.content).toEqual([
      text("t\nc"),
      text("plain"),
      text("c"),
      {
        type: "file",
        source: { kind: "base64", mediaType: "application/pdf", data: "AAAA" },
        filename: "t",
        cache: null,
      },
      text("t\nc"),
      { ...text("inner"), cache: { ttl: null } },
      text("bare"),
    ]);
  });

  it("tells examples of a tool's input in its description, for wires that have no field for them", () => {
    const tool = (more: JsonObject) => ({ name: "f", input_schema: { type: "object" }, ...more });
    const examples = [{ city: "Rome" }, { city: "Oslo", days: 2 }];
    const { request } = decode({
      tools: [
        tool({ description: "Weather.", input_examples: examples }),
        tool({ input_examples: examples }),
        tool({}),
      ],
    });
    const told = 'Examples of its input:\n{"city":"Rome"}\n{"city":"Oslo","days":2}';
    expect(request.tools).toMatchObject([
      { description: `Weather.\n\n${told}` },
      { description: told },
      { description: null },
    ]);
  });

  it("asks for a strict schema of the answer where OpenAI takes it as one", () => {
    const strictOf = (schema: JsonObject) =>
      decode({ output_config: { format: { type: "json_schema", schema } } }).request.responseFormat;
    const closed = (properties: JsonObject, more: JsonObject = {}) => ({
      type: "object",
      properties,
      required: Object.keys(properties),
      additionalProperties: false,
      ...more,
    });
    const string = { type: "string" };
    const fit = [
      closed({ a: string, b: { type: ["integer", "null"] }, c: { enum: ["x"] } }),
      closed(
        { list: { type: "array", items: closed({ a: { anyOf: [string, { $ref: "#/$defs/n" }] } }) } },
        { $defs: { n: closed({}) } },
      ),
    ];
    const unfit = [
      closed({ a: string }, { required: [] }),
      closed({ a: string }, { additionalProperties: true }),
      closed({ a: { type: "object", properties: { b: string } } }),
      closed({ a: {} }),
      closed({ a: { type: "array" } }),
      closed({ a: { ...string, minLength: 2 } }),
      closed({ a: { oneOf: [string] } }),
      closed({ a: string }, { $defs: { n: { type: "object" } } }),
      { anyOf: [closed({})] },
      string,
      {},
    ];
    for (const schema of fit) expect(strictOf(schema)).toMatchObject({ schema, strict: true });
    for (const schema of unfit) expect(strictOf(schema)).toMatchObject({ schema, strict: null });
  });

  it("carries the breakpoint at the top on the last part", () => {
    const { request, warnings } = decode({ cache_control: { type: "ephemeral", ttl: "1h" } });
    expect(request.messages.at(-1)?.content).toEqual([{ type: "text", text: "x", cache: { ttl: "1h" } }]);
    expect(warnings).toEqual([]);
  });

  it.each<[JsonObject, string]>([
    [{ tools: [{ input_schema: {} }] }, "tools.0.name"],
    [{ tool_choice: { type: "maybe" } }, "tool_choice.type"],
    [{ stop_sequences: "x" }, "stop_sequences"],
    [
      { messages: [{ role: "user", content: [{ type: "image", source: { type: "disk" } }] }] },
      "messages.0.content.0.source.type",
    ],
    [{ messages: [{ role: "user", content: [{ type: "tool_result" }] }] }, "messages.0.content.0.tool_use_id"],
  ])("refuses %j naming the field", (body, param) => {
    expect(() => decode(body)).toThrowError(expect.objectContaining({ code: "invalid_request", param }));
  });

  it("asks the last instruction when there is nothing else", () => {
    const { request } = decode({ messages: [{ role: "system", content: "only this" }] });
    const { body } = anthropicMessages.encodeRequest(request);
    expect(body.messages).toEqual([{ role: "user", content: "<system>\nonly this\n</system>" }]);
    expect(body).not.toHaveProperty("system");
  });
});

describe("whole Messages answers", () => {
  const context = { ...answerIds(), model: "m", includeUsage: true, estimatedInputTokens: 5 };
  const call = (input: string) =>
    ({
      type: "tool-call",
      callId: `c${input.length}`,
      kind: "function",
      name: "f",
      namespace: null,
      input,
      cache: null,
    }) as const;
  const answer = (unified: UnifiedFinishReason, ...content: AssistantPart[]): CanonicalResponse => ({
    metadata: { id: "u", model: "m", createdAtSeconds: 1 },
    content,
    finish: { unified, raw: null, stopSequence: null },
    usage: { tokens: null, nanoAiu: null },
  });

  it.each(["length", "content-filter"] as const)("give no call that the end has cut: %s", (unified) => {
    const said = { type: "text", text: "On it.", cache: null } as const;
    const { content, stop_reason: reason } = anthropicMessages.encodeResponse(
      answer(unified, said, call('{"a":"b"}'), call('{"a":"lo')),
      context,
    );
    expect(content).toEqual([
      { type: "text", text: "On it." },
      { type: "tool_use", id: "c9", name: "f", input: { a: "b" } },
    ]);
    expect(reason).toBe(unified === "length" ? "max_tokens" : "refusal");
    const whole = anthropicMessages.encodeResponse(answer("tool-calls", call("not JSON")), context);
    expect(whole.content).toMatchObject([{ type: "tool_use", input: { input: "not JSON" } }]);
  });

  it("estimate what the upstream did not count", () => {
    const text = { type: "text", text: "word ".repeat(80), cache: null } as const;
    const { usage } = anthropicMessages.encodeResponse(answer("stop", text), context);
    expect(usage).toMatchObject({ input_tokens: 5, output_tokens: 100 });
  });
});

describe("Messages streams", () => {
  it("come as the full sequence, with usage at both ends (requirement: messages-stream-sequence)", () => {
    const conversation = readCorpus().find(({ name }) => name === "reasoning-with-tools");
    if (conversation === undefined) throw new Error("the corpus lacks a conversation");
    const answer = corpusAnswer(conversation, "openai-chat");
    const { bytes } = translateStream(answerPlan("anthropic-messages", "openai-chat"), [
      streamBytes(answer, "openai-chat"),
    ]);
    const events = readEvents(bytes);
    for (const { event, data } of events) expect(JSON.parse(data).type).toBe(event);
    expect([...new Set(events.map(({ event }) => event))]).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
    ]);
    const parsed = events.map(({ data }) => JSON.parse(data));
    expect(parsed[0].message).toMatchObject({
      id: "msg_1",
      role: "assistant",
      usage: { input_tokens: 7, output_tokens: 1 },
    });
    expect(parsed.filter(({ type }) => type === "content_block_start").map(({ index }) => index)).toEqual([0, 1, 2]);
    expect(parsed.at(-2)).toEqual({
      type: "message_delta",
      delta: { stop_reason: "tool_use", stop_sequence: null },
      usage: {
        input_tokens: 35,
        cache_creation_input_tokens: 0,
        cache_read_input_tokens: 10,
        output_tokens: 30,
        output_tokens_details: { thinking_tokens: 6 },
      },
    });
  });

  it("is whole without message_stop once the reason was told, and cut without it", () => {
    const start = { type: "message_start", message: { id: "m", usage: { input_tokens: 1 } } };
    const reason = {
      type: "message_delta",
      delta: { stop_reason: "stop_sequence", stop_sequence: "END" },
      usage: { output_tokens: 2 },
    };
    expect(decodeStream([start, reason]).at(-1)).toMatchObject({
      type: "finish",
      finish: { unified: "stop", stopSequence: "END" },
    });
    expect(decodeStream([start]).at(-1)).toMatchObject({ type: "error" });
    expect(decodeStream([start, { type: "message_stop" }]).at(-1)).toMatchObject({ type: "finish" });
  });

  it("takes a call's whole input from its start when no delta follows", () => {
    const events = decodeStream([
      {
        type: "content_block_start",
        index: 0,
        content_block: { type: "tool_use", id: "t", name: "f", input: { a: 1 } },
      },
      { type: "content_block_stop", index: 0 },
      { type: "message_stop" },
    ]);
    expect(events).toContainEqual({ type: "tool-input-delta", id: "t", text: '{"a":1}' });
    expect(events.find(({ type }) => type === "tool-call")).toMatchObject({ call: { input: '{"a":1}' } });
  });

  it("gives every answer ids of its own", () => {
    const ids = answerIds();
    const context = { ...ids, model: "m", includeUsage: true, estimatedInputTokens: 1 };
    const answer = corpusAnswer(readCorpus()[0] ?? never(), "openai-chat");
    const first = anthropicMessages.encodeResponse(answer, context);
    const second = anthropicMessages.encodeResponse(answer, context);
    expect(first.id).not.toBe(second.id);
    expect(first.id).toMatch(/^msg_/);
  });
});

function never(): never {
  throw new Error("the corpus is empty");
}
