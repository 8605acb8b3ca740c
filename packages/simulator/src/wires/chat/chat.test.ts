import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { carol, createQuestions, type Fixture, pick, startFixture, streamedText } from "../../../testing/fixture.js";

const path = "/chat/completions";
const tools = [
  {
    type: "function",
    function: {
      name: "get_weather",
      parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    },
  },
  { type: "function", function: { name: "get_time", parameters: { type: "object", properties: {} } } },
];
const twoCalls = 'sim: text Looking.\nsim: tool get_weather {"city":"Paris"}\nsim: tool get_time';

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture();
});
afterEach(() => fixture.simulator.close());

const { send, sendJson, sendStream } = createQuestions(path, () => fixture);

describe("/chat/completions", () => {
  it("echoes, with usage and quota headers", async () => {
    const response = await send("hello there", { model: "gpt-5.4" });
    const { status, headers } = response;
    expect(status).toBe(200);
    expect(await response.json()).toMatchObject({
      object: "chat.completion",
      choices: [{ index: 0, message: { role: "assistant", content: "Echo: hello there" }, finish_reason: "stop" }],
      usage: { prompt_tokens: 7, completion_tokens: 4, total_tokens: 11 },
    });
    const quota = new URLSearchParams(headers.get("x-quota-snapshot-premium_interactions") ?? "");
    expect(Object.fromEntries(quota)).toMatchObject({ ent: "300", totRem: "299.0", rem: "99.7", ovPerm: "false" });
    expect(headers.get("x-request-id")).toBe(headers.get("x-github-request-id"));
  });

  it("streams the same text in several chunks, usage in a chunk of its own when asked for", async () => {
    const events = await sendStream("hello there", { stream_options: { include_usage: true } });
    expect(streamedText(events)).toBe("Echo: hello there");
    expect(events.length).toBeGreaterThan(5);
    expect(pick(events[0]?.data, "prompt_filter_results")).toBeDefined();
    expect(events.at(-2)?.data).toMatchObject({ choices: [], usage: { total_tokens: 11 } });
    expect(events.at(-1)?.data).toBe("[DONE]");
    expect(events.filter(({ data }) => pick(data, "usage") !== undefined)).toHaveLength(1);
  });

  it("tells no usage in a stream that did not ask for it", async () => {
    const events = await sendStream("hello there");
    expect(events.some(({ data }) => pick(data, "usage") !== undefined)).toBe(false);
    expect(fixture.simulator.ledger.totals("alice")).toMatchObject({ inputTokens: 7, outputTokens: 4 });
  });

  it("puts usage on the finish chunk or nowhere when its back-end has that habit", async () => {
    fixture.simulator.quirks.set({ chatUsage: "finish-chunk" }, { account: "alice", model: "gpt-4.1" });
    const onFinish = await sendStream("hi");
    expect(onFinish.at(-2)?.data).toMatchObject({ choices: [{ finish_reason: "stop" }], usage: { total_tokens: 7 } });
    const missing = await sendStream("sim: quirk chatUsage=missing", { stream_options: { include_usage: true } });
    expect(missing.some(({ data }) => pick(data, "usage") !== undefined)).toBe(false);
  });

  it("answers Claude's text and tool calls as sequential choices, and others' as one", async () => {
    expect(await sendJson(twoCalls, { model: "claude-sonnet-4.6", tools })).toMatchObject({
      choices: [
        { index: 0, message: { content: "Looking." }, finish_reason: "stop" },
        { index: 1, message: { tool_calls: [{ function: { name: "get_weather" } }] }, finish_reason: "tool_calls" },
        { index: 2, message: { tool_calls: [{ function: { name: "get_time" } }] }, finish_reason: "tool_calls" },
      ],
    });
    const one = await sendJson(twoCalls, { tools });
    expect(pick(one, "choices.length")).toBe(1);
    expect(pick(one, "choices.0.message.tool_calls.length")).toBe(2);
  });

  it("streams tool calls with the id on every fragment and the name on the first only", async () => {
    const events = await sendStream(twoCalls, { tools });
    const fragments = events.flatMap(({ data }) => (pick(data, "choices.0.delta.tool_calls") as unknown[]) ?? []);
    const first = fragments.filter((fragment) => pick(fragment, "index") === 0);
    expect(new Set(first.map((fragment) => pick(fragment, "id"))).size).toBe(1);
    expect(first.map((fragment) => pick(fragment, "function.name")).filter((name) => name !== undefined)).toEqual([
      "get_weather",
    ]);
    expect(first.map((fragment) => pick(fragment, "function.arguments")).join("")).toBe('{"city":"Paris"}');
    expect(events.at(-2)?.data).toMatchObject({ choices: [{ finish_reason: "tool_calls" }] });
  });

  it("sends the opaque part of reasoning before the text, or late with empty content", async () => {
    const script = "sim: reasoning let me think\nsim: text answer";
    const order = (events: Awaited<ReturnType<typeof sendStream>>) =>
      events
        .map(({ data }) => {
          if (pick(data, "choices.0.delta.reasoning_opaque") !== undefined) return "opaque";
          if (pick(data, "choices.0.delta.reasoning_text") !== undefined) return "reasoning";
          return pick(data, "choices.0.delta.content") ? "text" : "";
        })
        .filter((kind, index, kinds) => kind !== "" && kind !== kinds[index - 1]);
    expect(order(await sendStream(script))).toEqual(["reasoning", "opaque", "text"]);
    expect(order(await sendStream(`${script}\nsim: quirk reasoningOpaque=after-text`))).toEqual([
      "reasoning",
      "text",
      "opaque",
    ]);
  });

  it("reports copilot_usage to accounts billed by tokens only", async () => {
    const paid = await sendJson("hello", { model: "claude-sonnet-4.6" }, carol.token);
    expect(pick(paid, "copilot_usage")).toMatchObject({ total_nano_aiu: 5 * 300_000 + 3 * 1_500_000 });
    expect(pick(await sendJson("hello", { model: "claude-sonnet-4.6" }), "copilot_usage")).toBeUndefined();
  });

  it.each([
    ["length", { max_completion_tokens: 1 }, "Echo:", "length"],
    ["stop sequences", { stop: ["three"] }, "Echo: one two ", "stop"],
  ])("ends by %s", async (_name, extra, content, reason) => {
    expect(await sendJson("one two three four", extra)).toMatchObject({
      choices: [{ message: { content }, finish_reason: reason }],
    });
  });

  it("answers with JSON that fits the schema, except for Claude, which ignores it", async () => {
    const schema = {
      type: "object",
      properties: { answer: { type: "string" }, count: { type: "integer", minimum: 3 } },
      required: ["answer", "count"],
    };
    const response_format = { type: "json_schema", json_schema: { name: "x", schema } };
    const answer = await sendJson("question", { response_format });
    expect(JSON.parse(String(pick(answer, "choices.0.message.content")))).toEqual({ answer: "question", count: 3 });
    const ignored = await sendJson("question", { response_format, model: "claude-sonnet-4.6" });
    expect(pick(ignored, "choices.0.message.content")).toBe("Echo: question");
  });

  it("takes calls that are answered, split over consecutive assistant messages too", async () => {
    const call = (id: string) => ({
      role: "assistant",
      content: null,
      tool_calls: [{ id, type: "function", function: { name: "f", arguments: "{}" } }],
    });
    const results = ["c1", "c2"].map((id) => ({ role: "tool", tool_call_id: id, content: `result ${id}` }));
    const answer = await sendJson("", {
      messages: [{ role: "user", content: "x" }, call("c1"), call("c2"), ...results],
    });
    expect(pick(answer, "choices.0.message.content")).toBe("Tool result: result c2");
  });

  it("answers redacted reasoning as its opaque part alone", async () => {
    const script = "sim: redacted a secret thought\nsim: text x";
    const whole = await sendJson(script);
    expect(pick(whole, "choices.0.message")).toEqual({
      role: "assistant",
      content: "x",
      reasoning_opaque: expect.any(String),
    });
    expect(JSON.stringify(await sendStream(script))).not.toMatch(/secret|reasoning_text/);
  });
});
