import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  ask,
  carol,
  createQuestions,
  type Fixture,
  pick,
  startFixture,
  streamedText,
} from "../../../test-support/fixture.js";

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

const { send, sendJson, sendStream } = createQuestions(path, () => fixture);

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

  it("takes a thinking signature back only from the account and model it was made for", async () => {
    const thinking = { type: "adaptive" };
    const block = pick(await sendJson("hi", { thinking }), "content.0");
    const messages = [
      { role: "user", content: "hi" },
      { role: "assistant", content: [block, { type: "text", text: "x" }] },
      { role: "user", content: "y" },
    ];
    expect((await send("", { thinking, messages })).status).toBe(200);
    for (const response of [
      await send("", { thinking, messages }, carol.token),
      await send("", { thinking, messages, model: "claude-haiku-4.5" }),
    ]) {
      expect(response.status).toBe(400);
      expect(pick(await response.json(), "error.message")).toBe(
        "messages.1.content.0: Invalid signature in thinking block",
      );
    }
  });

  const scoped = { system: [{ type: "text", text: "x", cache_control: { type: "ephemeral", scope: "global" } }] };
  it.each([
    ["bedrock", { message: "cache_control: Extra inputs are not permitted" }],
    [
      "anthropic",
      {
        type: "error",
        error: {
          type: "invalid_request_error",
          message: "system.0.cache_control.ephemeral.scope: Extra inputs are not permitted",
        },
      },
    ],
    [
      "vertex",
      {
        error: {
          message: "system.0.cache_control.ephemeral.scope: Extra inputs are not permitted",
          code: "invalid_request_body",
        },
      },
    ],
  ] as const)("refuses cache_control.scope in the shape of %s", async (messagesBackend, body) => {
    fixture.simulator.quirks.set({ messagesBackend });
    const response = await send("x", scoped);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject(body);
  });

  const marked = { type: "text", text: "x", cache_control: { type: "ephemeral" } };
  const user = { role: "user", content: "x" };
  it.each([
    ["required-fields", { max_tokens: undefined }],
    ["required-fields", { messages: [] }],
    ["unknown-field", { mcp_servers: [] }],
    ["unknown-field", { thread: { type: "create" } }],
    ["unknown-field", { cache_control: { type: "ephemeral" } }],
    ["unknown-message-field", { messages: [{ ...user, output_config: {} }] }],
    ["system-role", { messages: [user, { role: "system", content: "x" }] }],
    ["rejected-tools", { tools: [{ type: "web_search_20250305", name: "web_search" }] }],
    ["rejected-tools", { tools: [{ type: "web_fetch_20250910", name: "web_fetch" }] }],
    ["unsupported-tool-field", { tools: [{ ...tools[0], eager_input_streaming: true }] }],
    ["too-many-cache-breakpoints", { system: [marked, marked, marked, marked, marked] }],
    [
      "cache-control-in-tool-result",
      {
        messages: [
          { role: "assistant", content: [{ type: "tool_use", id: "t", name: "f", input: {} }] },
          { role: "user", content: [{ type: "tool_result", tool_use_id: "t", content: [marked] }] },
        ],
      },
    ],
    ["output-limit", { max_tokens: 128_001 }],
    ["thinking-budget", { max_tokens: 1024, thinking: { type: "enabled", budget_tokens: 1024 } }],
    ["assistant-prefill", { model: "claude-sonnet-5", messages: [user, { role: "assistant", content: "{" }] }],
    [
      "tool-pairing",
      { messages: [{ role: "user", content: [{ type: "tool_result", tool_use_id: "t", content: "x" }] }] },
    ],
    [
      "tool-pairing",
      { messages: [user, { role: "assistant", content: [{ type: "tool_use", id: "t", name: "f", input: {} }] }, user] },
    ],
    ["effort-unsupported", { output_config: { effort: "xhigh" } }],
    ["unsupported-api", { model: "gpt-5.4" }],
  ])("refuses with rule %s", async (rule, extra) => {
    expect((await send("x", extra)).status).toBe(400);
    expect(fixture.simulator.requests.all()[0]?.notes).toEqual([`rule:${rule}`]);
  });

  it("refuses remote images, and structured output on Vertex only", async () => {
    const image = { type: "image", source: { type: "url", url: "https://example.com/a.png" } };
    const headers = { "copilot-vision-request": "true" };
    const body = ask(path, "", { messages: [{ role: "user", content: [image] }] });
    expect(pick(await (await fixture.post(path, body, { headers })).json(), "error.message")).toBe(
      "external image URLs are not supported",
    );
    const format = { type: "json_schema", schema: { type: "object", properties: { a: { type: "boolean" } } } };
    const structured = await sendJson("x", { output_config: { format } });
    expect(pick(structured, "content.0.text")).toBe('{"a":true}');
    fixture.simulator.quirks.set({ messagesBackend: "vertex" });
    expect(pick(await sendJson("x", { output_config: { format } }), "error.code")).toBe("FAILED_PRECONDITION");
  });

  it("accepts the betas it knows and refuses the others", async () => {
    const post = (beta: string) => fixture.post(path, ask(path, "x"), { headers: { "anthropic-beta": beta } });
    expect((await post("interleaved-thinking-2025-05-14,context-1m-2025-08-07")).status).toBe(200);
    const refused = await post("interleaved-thinking-2025-05-14,claude-code-20250219");
    expect(refused.status).toBe(400);
    expect(pick(await refused.json(), "error.message")).toBe("unsupported beta header(s): claude-code-20250219");
  });

  it("counts exactly the tokens it then charges", async () => {
    const extra = { system: "You are terse.", tools };
    const counted = await (await fixture.post("/v1/messages/count_tokens", ask(path, "hello there", extra))).json();
    const charged = await sendJson("hello there", extra);
    expect(pick(counted, "input_tokens")).toBe(pick(charged, "usage.input_tokens"));
    expect((await fixture.post("/v1/messages/count_tokens", { ...ask(path, "x"), model: "gpt-5.4" })).status).toBe(400);
  });
});
