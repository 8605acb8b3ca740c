import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ask,
  carol,
  createQuestions,
  type Fixture,
  pick,
  startFixture,
  streamedText,
} from "../../../testing/fixture.js";

const path = "/v1/messages";
const tools = [
  {
    name: "get_weather",
    input_schema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
  },
];

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.simulator.close());

const { sendJson, sendStream } = createQuestions(path, () => fixture);

describe("/v1/messages", () => {
  it("streams the canonical events, then Bedrock's metrics and [DONE], without pings", async () => {
    const events = await sendStream("hello there", {}, carol.token);
    const types = events.map(({ event }) => event).filter((event, index, all) => event !== all[index - 1]);
    expect(types).toEqual([
      "message_start",
      "content_block_start",
      "content_block_delta",
      "content_block_stop",
      "message_delta",
      "message_stop",
      undefined,
    ]);
    expect(streamedText(events)).toBe("Echo: hello there");
    expect(pick(events[0]?.data, "message")).toMatchObject({ model: "claude-sonnet-4-6", usage: { input_tokens: 7 } });
    expect(pick(events[0]?.data, "message.id")).toMatch(/^msg_bdrk_/);
    expect(events.at(-3)?.data).toMatchObject({
      delta: { stop_reason: "end_turn" },
      usage: { input_tokens: 7, output_tokens: 4 },
      copilot_usage: { total_nano_aiu: 7 * 300_000 + 4 * 1_500_000 },
    });
    expect(pick(events.at(-2)?.data, "amazon-bedrock-invocationMetrics.outputTokenCount")).toBe(4);
  });

  it("shows another back-end in its ids and leaves [DONE] out when told to", async () => {
    fixture.simulator.quirks.set(
      { messagesBackend: "vertex", doneAfterMessageStop: false },
      { model: "claude-sonnet-4.6" },
    );
    const events = await sendStream("sim: tool get_weather", { tools });
    expect(pick(events[0]?.data, "message.id")).toMatch(/^msg_vrtx_/);
    expect(pick(events[1]?.data, "content_block.id")).toMatch(/^toolu_vrtx_/);
    expect(events.at(-1)?.data).toEqual({ type: "message_stop" });
  });

  it("answers text, thinking and parallel tool calls without a stream", async () => {
    const script = 'sim: text Looking.\nsim: tool get_weather {"city":"Rome"}\nsim: tool get_weather';
    const thinking = { type: "enabled", budget_tokens: 1024 };
    const answer = await sendJson(script, { tools, thinking });
    expect(answer).toMatchObject({
      content: [
        { type: "thinking", thinking: "Considering the request." },
        { type: "text", text: "Looking." },
        { type: "tool_use", name: "get_weather", input: { city: "Rome" } },
        { type: "tool_use", name: "get_weather", input: { city: "sample" } },
      ],
      stop_reason: "tool_use",
    });
    const omitted = await sendJson("hi", { thinking: { ...thinking, display: "omitted" } });
    expect(pick(omitted, "content.0.thinking")).toBe("");
    expect(pick(omitted, "content.0.signature")).toEqual(expect.any(String));
  });

  it("carries on after a tool result, and takes text beside it as a note", async () => {
    const first = await sendJson("sim: tool get_weather\nsim: then\nsim: text It is sunny.", { tools });
    const call = pick(first, "content.0") as { id: string };
    const result = { type: "tool_result", tool_use_id: call.id, content: [{ type: "text", text: "21 C" }] };
    const history = (note: unknown[]) => [
      { role: "user", content: "sim: tool get_weather\nsim: then\nsim: text It is sunny." },
      { role: "assistant", content: [call] },
      { role: "user", content: [result, ...note] },
    ];
    const second = await sendJson("", { tools, messages: history([{ type: "text", text: "<reminder>" }]) });
    expect(pick(second, "content.0.text")).toBe("It is sunny.");
    const third = await sendJson("", {
      tools,
      messages: [...history([]), { role: "assistant", content: "It is sunny." }, { role: "user", content: "thanks" }],
    });
    expect(pick(third, "content.0.text")).toBe("Echo: thanks");
  });

  it("combines user messages that follow each other", async () => {
    const messages = [
      { role: "user", content: "sim: tool weather {}" },
      { role: "user", content: [{ type: "text", text: "<system>the time is ten</system>" }] },
    ];
    const body = ask("/v1/messages", "", { messages, tools: [{ name: "weather", input_schema: { type: "object" } }] });
    const answer: unknown = await (await fixture.post("/v1/messages", body)).json();
    expect(answer).toMatchObject({ stop_reason: "tool_use" });
  });

  it("answers with JSON that fits the schema", async () => {
    const schema = { type: "object", properties: { a: { type: "boolean" } }, additionalProperties: false };
    const structured = await sendJson("x", { output_config: { format: { type: "json_schema", schema } } });
    expect(pick(structured, "content.0.text")).toBe('{"a":true}');
  });

  it("answers redacted thinking as its seal alone, streamed or whole", async () => {
    const script = "sim: redacted a secret thought\nsim: text x";
    const whole = await sendJson(script);
    expect(whole).toMatchObject({ content: [{ type: "redacted_thinking", data: expect.any(String) }, { text: "x" }] });
    const events = await sendStream(script);
    expect(pick(events[1]?.data, "content_block")).toEqual({ type: "redacted_thinking", data: expect.any(String) });
    expect(events[2]?.event).toBe("content_block_stop");
    expect(JSON.stringify([whole, events])).not.toContain("secret");
  });

  it("counts exactly the tokens it then charges", async () => {
    const extra = { system: "You are terse.", tools };
    const counted = await (await fixture.post("/v1/messages/count_tokens", ask(path, "hello there", extra))).json();
    const charged = await sendJson("hello there", extra);
    expect(pick(counted, "input_tokens")).toBe(pick(charged, "usage.input_tokens"));
    expect((await fixture.post("/v1/messages/count_tokens", { ...ask(path, "x"), model: "gpt-5.4" })).status).toBe(400);
  });
});
