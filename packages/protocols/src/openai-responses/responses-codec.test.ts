import type { JsonObject } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import type { CanonicalEvent } from "../canonical/event.js";
import { answerPlan } from "../testing/answer-plan.js";
import { catalogueModel } from "../testing/catalogue-model.js";
import { corpusAnswer, readCorpus } from "../testing/corpus.js";
import { streamBytes } from "../testing/stream-answer.js";
import { translateRequest } from "../testing/translate-request.js";
import { readEvents, translateStream } from "../testing/translate-stream.js";
import { openaiResponses } from "./openai-responses.js";

const decode = (body: JsonObject) => openaiResponses.decodeRequest({ model: "m", ...body });

function decodeStream(events: readonly JsonObject[]): CanonicalEvent[] {
  const run = openaiResponses.createStreamDecoder();
  return [...events.flatMap((event) => [...run.push({ event: "", data: JSON.stringify(event) })]), ...run.finish()];
}

const completed = (response: JsonObject = {}) => ({
  type: "response.completed",
  response: { id: "r", status: "completed", ...response },
});

describe("Responses requests", () => {
  it("takes items of all kinds (requirement: tolerated-fields)", () => {
    const { request, warnings } = decode({
      instructions: "Be brief.",
      input: [
        { role: "developer", content: "dev" },
        {
          role: "user",
          content: [
            { type: "input_text", text: "hi" },
            { type: "input_image", image_url: "data:image/png;base64,AAAA", detail: "high" },
          ],
        },
        { type: "item_reference", id: "rs_1" },
        {
          type: "reasoning",
          id: "rs_2",
          summary: [
            { type: "summary_text", text: "a" },
            { type: "summary_text", text: "b" },
          ],
          content: null,
          encrypted_content: "zz",
        },
        {
          type: "message",
          role: "assistant",
          content: [{ type: "output_text", text: "one", annotations: [], logprobs: [] }],
        },
        { type: "custom_tool_call", call_id: "c1", name: "patch", input: "text" },
        { type: "function_call", call_id: "c2", name: "echo", namespace: "mcp__x", arguments: "{}" },
        { type: "custom_tool_call_output", call_id: "c1", output: "ok" },
        {
          type: "function_call_output",
          call_id: "c2",
          output: [
            { type: "input_text", text: "t" },
            { type: "input_image", image_url: "https://e.x/a.png" },
          ],
        },
      ],
      client_metadata: { a: "b" },
      prompt_cache_key: "k",
      include: ["reasoning.encrypted_content"],
      store: false,
      text: { verbosity: "low" },
    });
    expect(request.messages.map(({ role, content }) => [role, content.length])).toEqual([
      ["system", 1],
      ["system", 1],
      ["user", 2],
      ["assistant", 4],
      ["tool", 2],
    ]);
    expect(request.messages[3]?.content[0]).toEqual({
      type: "reasoning",
      text: "a\n\nb",
      opaque: { wire: "openai-responses", data: "zz", redacted: false },
    });
    expect(request).toMatchObject({ promptCacheKey: "k", verbosity: "low" });
    expect(warnings).toEqual(["`input.2` refers to an item that is not kept here and was left out."]);
  });

  it.each<[JsonObject, string]>([
    [{ previous_response_id: "resp_1", input: "x" }, "previous_response_id"],
    [{ conversation: "c", input: "x" }, "conversation"],
    [{ background: true, input: "x" }, "background"],
    [{ input: [{ type: "function_call", name: "f" }] }, "input.0.call_id"],
    [{ input: [{ role: "user", content: [{ type: "input_audio" }] }] }, "input.0.content.0"],
    [{ input: "x", tool_choice: 3 }, "tool_choice"],
    [{ input: "x", tools: [{ type: "function" }] }, "tools.0.name"],
  ])("refuses %j naming the field", (body, param) => {
    expect(() => decode(body)).toThrowError(expect.objectContaining({ code: "invalid_request", param }));
  });

  it("stores nothing, asks for sealed reasoning, and leaves item ids out", () => {
    const { request } = decode({
      input: [
        { type: "reasoning", id: "rs", summary: [], encrypted_content: "zz" },
        { role: "user", content: "x" },
      ],
      reasoning: { effort: "low" },
    });
    const { body } = openaiResponses.encodeRequest(request);
    expect(body).toMatchObject({
      store: false,
      include: ["reasoning.encrypted_content"],
      reasoning: { effort: "low" },
    });
    expect(JSON.stringify(body)).not.toContain('"id"');
  });
});

describe("Responses streams", () => {
  it("come as the full sequence, numbered, with whole items (requirement: responses-stream-sequence)", () => {
    const conversation = readCorpus().find(({ name }) => name === "reasoning-with-tools");
    if (conversation === undefined) throw new Error("the corpus lacks a conversation");
    const answer = corpusAnswer(conversation, "anthropic-messages");
    const { bytes } = translateStream(answerPlan("openai-responses", "anthropic-messages"), [
      streamBytes(answer, "anthropic-messages"),
    ]);
    const events = readEvents(bytes);
    const parsed = events.map(({ data }) => JSON.parse(data));
    for (const [index, { event }] of events.entries())
      expect(parsed[index]).toMatchObject({ type: event, sequence_number: index });
    const order = events.map(({ event }) => event).filter((event, index, all) => event !== all[index - 1]);
    expect(order).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.reasoning_summary_part.added",
      "response.reasoning_summary_text.delta",
      "response.reasoning_summary_text.done",
      "response.reasoning_summary_part.done",
      "response.output_item.done",
      "response.output_item.added",
      "response.content_part.added",
      "response.output_text.delta",
      "response.output_text.done",
      "response.content_part.done",
      "response.output_item.done",
      "response.output_item.added",
      "response.function_call_arguments.delta",
      "response.function_call_arguments.done",
      "response.output_item.done",
      "response.completed",
    ]);
    const done = parsed.filter(({ type }) => type === "response.output_item.done").map(({ item }) => item);
    const last = parsed.at(-1).response;
    expect(last.output).toEqual(done);
    expect(last).toMatchObject({
      id: parsed[0].response.id,
      status: "completed",
      usage: { input_tokens: 45, output_tokens: 30, total_tokens: 75 },
    });
    expect(done[2]).toMatchObject({ type: "function_call", call_id: "call_l1", name: "bash", status: "completed" });
  });

  it("repeat the request's settings at both ends, without tools", () => {
    const model = catalogueModel();
    const settings = { instructions: "Be kind.", metadata: { a: "b" }, temperature: 0.5, max_output_tokens: 99 };
    const tools = [{ type: "function", name: "f", parameters: { type: "object" } }];
    const body = { model: "m", input: "hi", store: false, stream: true, top_p: null, ...settings, tools };
    const { plan } = translateRequest("openai-responses", "openai-chat", body, { modelId: "m", model });
    const { bytes } = translateStream(plan, []);
    const events = readEvents(bytes).map(({ data }) => JSON.parse(data));
    for (const event of [events[0], events.at(-1)]) {
      expect(event.response).toMatchObject({ ...settings, store: false, top_p: null, tools: [] });
    }
  });

  it("pins items by their place, because their ids rotate", () => {
    const events = decodeStream([
      { type: "response.created", response: { id: "r", model: "m" } },
      { type: "response.output_item.added", output_index: 0, item: { type: "message", id: "a" } },
      { type: "response.output_text.delta", output_index: 0, content_index: 0, item_id: "b", delta: "Hi" },
      {
        type: "response.output_item.done",
        output_index: 0,
        item: { type: "message", id: "c", content: [{ type: "output_text", text: "Hi" }] },
      },
      completed(),
    ]);
    expect(events.filter(({ type }) => type.startsWith("text")).map(({ type }) => type)).toEqual([
      "text-start",
      "text-delta",
      "text-end",
    ]);
  });

  it("takes from an item's last event what no delta brought", () => {
    const events = decodeStream([
      {
        type: "response.output_item.done",
        output_index: 0,
        item: { type: "reasoning", summary: [{ text: "hm" }], encrypted_content: "zz" },
      },
      {
        type: "response.output_item.done",
        output_index: 1,
        item: { type: "message", content: [{ type: "output_text", text: "Hi" }] },
      },
      {
        type: "response.output_item.done",
        output_index: 2,
        item: { type: "function_call", call_id: "c", name: "f", arguments: '{"a":1}' },
      },
      completed({ usage: { input_tokens: 1, output_tokens: 2 } }),
    ]);
    expect(events).toContainEqual({ type: "reasoning-delta", id: "0", text: "hm" });
    expect(events).toContainEqual({ type: "text-delta", id: "1:0", text: "Hi" });
    expect(events.find(({ type }) => type === "tool-call")).toMatchObject({ call: { callId: "c", input: '{"a":1}' } });
    expect(events.at(-1)).toMatchObject({ type: "finish", finish: { unified: "tool-calls" } });
  });

  it.each<[string, JsonObject, JsonObject]>([
    [
      "incomplete for length",
      { type: "response.incomplete", response: { incomplete_details: { reason: "max_output_tokens" } } },
      { type: "finish", finish: { unified: "length" } },
    ],
    [
      "incomplete for a filter",
      { type: "response.incomplete", response: { incomplete_details: { reason: "content_filter" } } },
      { type: "finish", finish: { unified: "content-filter" } },
    ],
    [
      "failed",
      { type: "response.failed", response: { error: { code: "rate_limit_exceeded", message: "no" } } },
      { type: "error", error: { status: 429, message: "no" } },
    ],
    [
      "an error event",
      { type: "error", code: "server_error", message: "boom" },
      { type: "error", error: { message: "boom" } },
    ],
  ])("ends once when the response is %s", (_title, event, expected) => {
    const events = decodeStream([{ type: "response.created", response: { id: "r" } }, event, completed()]);
    expect(events.filter(({ type }) => type === "finish" || type === "error")).toHaveLength(1);
    expect(events.at(-1)).toMatchObject(expected);
  });
});
