import { describe, expect, it } from "vitest";
import { createAnswer, type Json } from "./answer";
import type { ChatProtocol, ChatRequest } from "./conversation";
import { encodeBody } from "./encode-body";
import { createEventReader } from "./read-events";

function read(protocol: ChatProtocol, events: readonly Json[]) {
  const answer = createAnswer();
  const readEvent = createEventReader(protocol);
  for (const event of events) readEvent(answer, event);
  return answer;
}

const image = { kind: "image", name: "a.png", mediaType: "image/png", dataUrl: "data:image/png;base64,AAAA" } as const;

const request: ChatRequest = {
  model: "m",
  system: "Be brief.",
  turns: [
    { role: "user", parts: [{ kind: "text", text: "Weather?" }, image] },
    {
      role: "assistant",
      text: "",
      toolCalls: [{ id: "call_1", name: "get_weather", arguments: '{"city":"Bonn"}' }],
      native: { protocol: "messages", content: [{ type: "thinking", thinking: "…", signature: "s" }] },
    },
    { role: "tool", results: [{ callId: "call_1", text: "sunny", isError: true }] },
  ],
  tools: [{ name: "get_weather", description: "d", parameters: { type: "object" } }],
  parameters: { temperature: 0.5, maxTokens: 100, extra: { user: "me" } },
};

describe("encodeBody", () => {
  it("writes a chat completion", () => {
    expect(encodeBody("chat", request)).toEqual({
      model: "m",
      messages: [
        { role: "system", content: "Be brief." },
        {
          role: "user",
          content: [
            { type: "text", text: "Weather?" },
            { type: "image_url", image_url: { url: image.dataUrl } },
          ],
        },
        {
          role: "assistant",
          content: null,
          tool_calls: [
            { id: "call_1", type: "function", function: { name: "get_weather", arguments: '{"city":"Bonn"}' } },
          ],
        },
        { role: "tool", tool_call_id: "call_1", content: "sunny" },
      ],
      tools: [
        { type: "function", function: { name: "get_weather", description: "d", parameters: { type: "object" } } },
      ],
      max_completion_tokens: 100,
      temperature: 0.5,
      stream: true,
      stream_options: { include_usage: true },
      user: "me",
    });
  });

  it("writes a response", () => {
    expect(encodeBody("responses", request)).toMatchObject({
      instructions: "Be brief.",
      input: [
        {
          role: "user",
          content: [
            { type: "input_text", text: "Weather?" },
            { type: "input_image", image_url: image.dataUrl },
          ],
        },
        { type: "function_call", call_id: "call_1", name: "get_weather", arguments: '{"city":"Bonn"}' },
        { type: "function_call_output", call_id: "call_1", output: "sunny" },
      ],
      max_output_tokens: 100,
      user: "me",
    });
  });

  it("writes messages, and sends back what came through the same API as it came", () => {
    expect(encodeBody("messages", request)).toMatchObject({
      system: "Be brief.",
      max_tokens: 100,
      messages: [
        {
          role: "user",
          content: [
            { type: "text", text: "Weather?" },
            { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } },
          ],
        },
        { role: "assistant", content: [{ type: "thinking", thinking: "…", signature: "s" }] },
        {
          role: "user",
          content: [{ type: "tool_result", tool_use_id: "call_1", content: "sunny", is_error: true }],
        },
      ],
    });
  });

  it("sends nothing that was not set", () => {
    const plain = { ...request, system: "", turns: [], tools: [], parameters: {} };
    expect(Object.keys(encodeBody("chat", plain)).sort()).toEqual(["messages", "model", "stream", "stream_options"]);
  });
});

describe("createEventReader", () => {
  it("reads chat completions with tool calls in pieces", () => {
    const answer = read("chat", [
      { choices: [{ delta: { role: "assistant", reasoning_text: "hm" } }] },
      { choices: [{ delta: { content: "Hel" } }] },
      { choices: [{ delta: { content: "lo" } }] },
      { choices: [{ delta: { tool_calls: [{ index: 0, id: "c1", function: { name: "f", arguments: "" } }] } }] },
      { choices: [{ delta: { tool_calls: [{ index: 0, function: { arguments: '{"a":1}' } }] } }] },
      { choices: [{ delta: {}, finish_reason: "tool_calls" }] },
      {
        choices: [],
        usage: { prompt_tokens: 9, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 4 } },
      },
    ]);
    expect(answer).toMatchObject({
      text: "Hello",
      reasoning: "hm",
      toolCalls: [{ id: "c1", name: "f", arguments: '{"a":1}' }],
      finish: "tool_calls",
      usage: { input: 9, cached: 4, output: 3, reasoning: 0 },
    });
  });

  it("reads responses and keeps their items", () => {
    const item = { type: "message", id: "m1" };
    const answer = read("responses", [
      { type: "response.reasoning_summary_text.delta", delta: "hm" },
      { type: "response.output_text.delta", delta: "Hi" },
      { type: "response.output_item.done", item },
      {
        type: "response.output_item.added",
        output_index: 1,
        item: { type: "function_call", call_id: "c", name: "f", arguments: "" },
      },
      { type: "response.function_call_arguments.delta", output_index: 1, delta: "{}" },
      { type: "response.completed", response: { status: "completed", usage: { input_tokens: 5, output_tokens: 2 } } },
    ]);
    expect(answer).toMatchObject({
      text: "Hi",
      reasoning: "hm",
      native: [item],
      toolCalls: [{ id: "c", name: "f", arguments: "{}" }],
      finish: "completed",
      usage: { input: 5, cached: 0, output: 2, reasoning: 0 },
    });
  });

  it("reads messages and puts their blocks together again", () => {
    const answer = read("messages", [
      { type: "message_start", message: { usage: { input_tokens: 5, cache_read_input_tokens: 7, output_tokens: 1 } } },
      { type: "content_block_start", index: 0, content_block: { type: "thinking", thinking: "", signature: "" } },
      { type: "content_block_delta", index: 0, delta: { type: "thinking_delta", thinking: "hm" } },
      { type: "content_block_delta", index: 0, delta: { type: "signature_delta", signature: "sig" } },
      { type: "content_block_start", index: 1, content_block: { type: "text", text: "" } },
      { type: "content_block_delta", index: 1, delta: { type: "text_delta", text: "Hi" } },
      { type: "content_block_start", index: 2, content_block: { type: "tool_use", id: "c", name: "f", input: {} } },
      { type: "content_block_delta", index: 2, delta: { type: "input_json_delta", partial_json: '{"a":1}' } },
      { type: "content_block_stop", index: 2 },
      { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 9 } },
    ]);
    expect(answer).toMatchObject({
      text: "Hi",
      reasoning: "hm",
      finish: "tool_use",
      usage: { input: 12, cached: 7, output: 9 },
      native: [
        { type: "thinking", thinking: "hm", signature: "sig" },
        { type: "text", text: "Hi" },
        { type: "tool_use", id: "c", name: "f", input: { a: 1 } },
      ],
    });
  });

  it.each([
    ["chat", { error: { code: "quota_exceeded", message: "Used up." } }],
    ["responses", { type: "error", code: "quota_exceeded", message: "Used up." }],
    ["messages", { type: "error", error: { type: "quota_exceeded", message: "Used up." } }],
  ] as const)("reads the error of a %s stream", (protocol, event) => {
    expect(read(protocol, [event]).error).toEqual({ code: "quota_exceeded", message: "Used up." });
  });
});
