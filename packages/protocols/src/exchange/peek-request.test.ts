import type { Protocol } from "@copilot-llm/model";
import { GatewayError, type JsonObject } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { peekRequest } from "./peek-request.js";

const encoder = new TextEncoder();
const image = { type: "image", source: { type: "base64", media_type: "image/png", data: "AAAA" } };
const call = { id: "c1", type: "function", function: { name: "f", arguments: "{}" } };

function peek(protocol: Protocol, body: JsonObject) {
  return peekRequest(protocol, encoder.encode(JSON.stringify({ model: "m", ...body })));
}

function refusal(protocol: Protocol, text: string | Uint8Array): GatewayError {
  try {
    peekRequest(protocol, typeof text === "string" ? encoder.encode(text) : text);
  } catch (error) {
    if (error instanceof GatewayError) return error;
    throw error;
  }
  throw new Error("the request was accepted");
}

describe("peekRequest on bodies that nobody could walk", () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${"}".repeat(levels)}`;

  it.each<[Protocol, (schema: string) => string]>([
    [
      "openai-chat",
      (schema) =>
        `{"model":"m","messages":[],"tools":[{"type":"function","function":{"name":"f","parameters":${schema}}}]}`,
    ],
    [
      "openai-responses",
      (schema) => `{"model":"m","input":"x","tools":[{"type":"function","name":"f","parameters":${schema}}]}`,
    ],
    ["anthropic-messages", (schema) => `{"model":"m","messages":[],"tools":[{"name":"f","input_schema":${schema}}]}`],
    ["openai-embeddings", (schema) => `{"model":"m","input":"x","extra":[${schema}]}`],
  ])("%s: names the limit", (protocol, bodyWith) => {
    const { code, message } = refusal(protocol, bodyWith(deep(20_000)));
    expect([code, message]).toEqual(["invalid_request", "The request body is nested more than 256 levels deep."]);
  });

  it("takes what is deep but not too deep", () => {
    const body = (levels: number) =>
      `{"model":"m","messages":[{"role":"user","content":"x"}],"metadata":${deep(levels)}}`;
    expect(peekRequest("openai-chat", encoder.encode(body(255))).model).toBe("m");
    expect(refusal("openai-chat", body(256)).code).toBe("invalid_request");
  });
});

describe("peekRequest on bad bodies", () => {
  it.each([
    ["", "empty"],
    ['{"model":"m",}', "line 1, column 14 a property name in double quotes is expected"],
    ['{"model":"m"\n "x":1}', "line 2, column 2 `,` or the closing bracket is expected"],
    ['{"model":', "line 1, column 10 the text ends too early"],
    ['{"model":"m', "a string is not closed"],
    ['{"a":01}', "column 7"],
    ['{"a":"\n"}', "unescaped in a string"],
    ['{"a":"\\x"}', "no known escape"],
    ['{"a":"\\u12"}', "four hexadecimal digits"],
    ["{} x", "the text should end"],
    ["[1,]", "a value is expected"],
    ["[1 2]", "`,` or the closing bracket"],
    ["{a:1}", "a property name in double quotes or `}`"],
    ['{"a" 1}', "`:` is expected"],
    ["[]", "must be a JSON object, not an array"],
    ["null", "must be a JSON object, not null"],
    ["3", "must be a JSON object, not a number"],
  ])("says what is wrong with %j", (text, message) => {
    const error = refusal("openai-chat", text);
    expect(error.code).toBe("invalid_request");
    expect(error.message).toContain(message);
  });

  it("refuses bytes that are no UTF-8", () => {
    expect(refusal("openai-chat", new Uint8Array([0x7b, 0xff, 0x7d])).message).toContain("UTF-8");
  });

  it.each<[Protocol, JsonObject, string]>([
    ["openai-chat", { model: undefined }, "model"],
    ["openai-chat", { model: null }, "model"],
    ["openai-chat", { model: "" }, "model"],
    ["openai-chat", { model: 3 }, "model"],
    ["openai-chat", { model: "x".repeat(300) }, "model"],
    ["openai-chat", {}, "messages"],
    ["openai-chat", { messages: [] }, "messages"],
    ["openai-chat", { messages: "hi" }, "messages"],
    ["openai-chat", { messages: ["hi"] }, "messages.0"],
    ["openai-chat", { messages: [{ content: "hi" }] }, "messages.0.role"],
    ["openai-chat", { messages: [{ role: "robot", content: "hi" }] }, "messages.0.role"],
    ["openai-chat", { messages: [{ role: "user", content: 3 }] }, "messages.0.content"],
    ["openai-chat", { messages: [{ role: "user", content: ["hi"] }] }, "messages.0.content.0"],
    ["openai-chat", { messages: [{ role: "user", content: "hi" }], stream: "yes" }, "stream"],
    ["openai-chat", { messages: [{ role: "user", content: "hi" }], max_tokens: "9" }, "max_tokens"],
    [
      "openai-chat",
      { messages: [{ role: "user", content: "hi" }], max_completion_tokens: 1.5 },
      "max_completion_tokens",
    ],
    ["openai-responses", {}, "input"],
    ["openai-responses", { input: "" }, "input"],
    ["openai-responses", { input: [] }, "input"],
    ["openai-responses", { input: 4 }, "input"],
    ["openai-responses", { input: [4] }, "input.0"],
    ["openai-responses", { input: [{ role: "tool", content: "x" }] }, "input.0.role"],
    ["openai-responses", { input: "hi", max_output_tokens: -1 }, "max_output_tokens"],
    ["anthropic-messages", {}, "messages"],
    ["anthropic-messages", { messages: [{ role: "tool", content: "x" }] }, "messages.0.role"],
    ["anthropic-messages", { messages: [{ role: "user", content: "x" }], max_tokens: [] }, "max_tokens"],
    ["openai-embeddings", {}, "input"],
    ["openai-embeddings", { input: "" }, "input"],
    ["openai-embeddings", { input: [] }, "input"],
    ["openai-embeddings", { input: { a: 1 } }, "input"],
    ["openai-embeddings", { input: ["a", 1] }, "input.1"],
    ["openai-embeddings", { input: [[1, "a"]] }, "input.0"],
  ])("%s %j is refused naming %s", (protocol, body, param) => {
    const error = refusal(protocol, JSON.stringify({ model: "m", ...body }));
    expect(error).toMatchObject({ code: "invalid_request", param });
    expect(error.message).toContain(`\`${param.split(".")[0]}`);
  });

  it("tells Anthropic's SDK that message threads are not supported (requirement: thread-refusal)", () => {
    const error = refusal(
      "anthropic-messages",
      JSON.stringify({ model: "m", messages: [{ role: "user", content: "x" }], thread: { type: "create" } }),
    );
    expect(error.details).toEqual({ error_code: "thread_unsupported_request", unsupported: ["thread"] });
  });
});

describe("peekRequest on good bodies", () => {
  it("reads model, stream and token limits and leaves unknown fields alone", () => {
    const found = peek("openai-chat", {
      messages: [{ role: "user", content: "hi", extra: 1 }],
      stream: true,
      max_tokens: 5,
      max_completion_tokens: 7,
      unknown: { deep: [1] },
    });
    expect(found).toMatchObject({ model: "m", stream: true, maxOutputTokens: 7 });
    expect(found.body.unknown).toEqual({ deep: [1] });
    expect(peek("openai-chat", { messages: [{ role: "user" }], stream: null, max_tokens: null })).toMatchObject({
      stream: false,
      maxOutputTokens: null,
    });
    expect(peek("openai-responses", { input: "hi", max_output_tokens: 9 }).maxOutputTokens).toBe(9);
    expect(peek("anthropic-messages", { messages: [{ role: "user", content: "x" }], max_tokens: 3 })).toMatchObject({
      maxOutputTokens: 3,
    });
  });

  it.each([["a"], [["a", "b"]], [[1, 2]], [[[1, 2], [3]]]])("takes embeddings input %j", (input) => {
    expect(peek("openai-embeddings", { input })).toMatchObject({ initiator: "user", hasImages: false, stream: false });
  });

  it("takes a Responses request that only continues a stored one", () => {
    expect(peek("openai-responses", { previous_response_id: "resp_1" }).initiator).toBe("user");
  });
});

describe("initiator", () => {
  const user = { role: "user", content: "hi" };
  const assistant = { role: "assistant", content: "ok" };
  const toolTurn = { role: "user", content: [{ type: "tool_result", tool_use_id: "t", content: "1" }] };

  it.each<[string, "user" | "agent", readonly JsonObject[]]>([
    ["the user's message is last", "user", [user, assistant, user]],
    ["instructions follow the user's message", "user", [user, { role: "system", content: "s" }]],
    ["only instructions are there", "user", [{ role: "developer", content: "s" }]],
    [
      "a tool result is last",
      "agent",
      [user, { role: "assistant", tool_calls: [call] }, { role: "tool", content: "1" }],
    ],
    ["an assistant turn is to be continued", "agent", [user, assistant]],
    ["the user spoke after a tool result", "user", [user, { role: "tool", content: "1" }, user]],
  ])("Chat: %s", (_title, initiator, messages) => {
    expect(peek("openai-chat", { messages }).initiator).toBe(initiator);
  });

  it.each<[string, "user" | "agent", readonly JsonObject[]]>([
    ["a user turn of text", "user", [user, assistant, user]],
    ["a user turn of nothing but tool results", "agent", [user, assistant, toolTurn]],
    [
      "tool results followed by Claude Code's system message",
      "agent",
      [user, toolTurn, { role: "system", content: "s" }],
    ],
    [
      "tool results with the user's own text",
      "user",
      [{ role: "user", content: [...toolTurn.content, { type: "text", text: "x" }] }],
    ],
    ["an assistant prefill", "agent", [user, assistant]],
  ])("Messages: %s", (_title, initiator, messages) => {
    expect(peek("anthropic-messages", { messages }).initiator).toBe(initiator);
  });

  it.each<[string, "user" | "agent", readonly JsonObject[]]>([
    ["a user message", "user", [user]],
    ["developer messages behind it", "user", [user, { type: "message", role: "developer", content: "d" }]],
    ["a function's output", "agent", [user, { type: "function_call_output", call_id: "c", output: "1" }]],
    ["a custom tool's output", "agent", [user, { type: "custom_tool_call_output", call_id: "c", output: "1" }]],
    ["reasoning", "agent", [user, { type: "reasoning", summary: [] }]],
    ["an assistant message", "agent", [user, { type: "message", role: "assistant", content: [] }]],
    ["a compaction trigger", "agent", [user, { type: "compaction_trigger" }]],
    ["additional tools before the user", "user", [{ type: "additional_tools", role: "developer", tools: [] }, user]],
  ])("Responses: %s last", (_title, initiator, input) => {
    expect(peek("openai-responses", { input }).initiator).toBe(initiator);
  });
});

describe("hasImages", () => {
  it.each<[Protocol, JsonObject]>([
    [
      "openai-chat",
      {
        messages: [
          { role: "user", content: [{ type: "image_url", image_url: { url: "u" } }] },
          { role: "assistant", content: "a" },
          { role: "user", content: "b" },
        ],
      },
    ],
    ["openai-chat", { messages: [{ role: "tool", content: [{ type: "image_url", image_url: { url: "u" } }] }] }],
    [
      "anthropic-messages",
      {
        messages: [
          { role: "user", content: [image] },
          { role: "assistant", content: "a" },
        ],
      },
    ],
    ["anthropic-messages", { messages: [{ role: "user", content: [{ type: "tool_result", content: [image] }] }] }],
    [
      "anthropic-messages",
      { messages: [{ role: "user", content: [{ type: "document", source: { type: "content", content: [image] } }] }] },
    ],
    ["openai-responses", { input: [{ role: "user", content: [{ type: "input_image", image_url: "u" }] }] }],
    [
      "openai-responses",
      { input: [{ type: "function_call_output", call_id: "c", output: [{ type: "input_image" }] }] },
    ],
    [
      "anthropic-messages",
      {
        messages: [
          {
            role: "user",
            content: [
              {
                type: "tool_result",
                tool_use_id: "t",
                content: [
                  { type: "text", text: "a" },
                  { type: "document", source: { type: "content", content: [{ type: "text", text: "b" }, image] } },
                ],
              },
            ],
          },
        ],
      },
    ],
    ["openai-responses", { input: [{ type: "computer_call_output", output: { type: "computer_screenshot" } }] }],
  ])("%s sees the image in %j", (protocol, body) => {
    expect(peek(protocol, body).hasImages).toBe(true);
  });

  it("is false for a call whose input looks like an image", () => {
    const content = [
      { type: "tool_use", id: "t", name: "f", input: { content: [image], source: { content: [image] } } },
    ];
    expect(peek("anthropic-messages", { messages: [{ role: "assistant", content }] }).hasImages).toBe(false);
  });

  it("is false for text that speaks of images", () => {
    expect(peek("openai-chat", { messages: [{ role: "user", content: '{"type":"image_url"}' }] }).hasImages).toBe(
      false,
    );
  });
});

describe("startsConversation", () => {
  const user = { role: "user", content: "hi" };
  const assistant = { role: "assistant", content: "ok" };

  it("is true until an assistant has answered", () => {
    expect(peek("openai-chat", { messages: [{ role: "system", content: "s" }, user] }).startsConversation).toBe(true);
    expect(peek("openai-chat", { messages: [user, assistant, user] }).startsConversation).toBe(false);
    expect(peek("anthropic-messages", { messages: [user] }).startsConversation).toBe(true);
    expect(peek("anthropic-messages", { messages: [user, assistant] }).startsConversation).toBe(false);
    expect(peek("openai-responses", { input: "hi" }).startsConversation).toBe(true);
    expect(peek("openai-responses", { input: [user, { type: "reasoning", summary: [] }] }).startsConversation).toBe(
      false,
    );
    expect(peek("openai-responses", { input: "hi", previous_response_id: "resp_1" }).startsConversation).toBe(false);
  });
});

describe("turns", () => {
  const turns = (protocol: Protocol, body: JsonObject) => peek(protocol, body).turns;

  it.each<[Protocol, string, JsonObject]>([
    ["openai-chat", "messages", { role: "tool", tool_call_id: "c1", content: "22 degrees" }],
    ["anthropic-messages", "messages", { role: "user", content: [{ type: "tool_result", tool_use_id: "c1" }] }],
    ["openai-responses", "input", { type: "function_call_output", call_id: "c1", output: "22 degrees" }],
  ])("of %s tell where the assistant was asked, the same in each later request", (protocol, field, result) => {
    const asked = { role: "user", content: "weather?" };
    const called: Record<string, JsonObject> = {
      "openai-chat": { role: "assistant", content: null, tool_calls: [call] },
      "anthropic-messages": { role: "assistant", content: [{ type: "tool_use", id: "c1", name: "f", input: {} }] },
      "openai-responses": { type: "function_call", call_id: "c1", name: "f", arguments: "{}" },
    };
    const history: JsonObject[] = [asked, called[protocol] ?? {}, result, { role: "assistant", content: "warm" }];
    const first = turns(protocol, { [field]: history.slice(0, 1) });
    const second = turns(protocol, { [field]: history.slice(0, 3) });
    const third = turns(protocol, { [field]: [...history, { role: "user", content: "and there?" }] });
    expect([first.length, second.length, third.length]).toEqual([1, 2, 3]);
    expect(third.slice(0, 2)).toEqual(second);
    expect(second.slice(0, 1)).toEqual(first);
    const edited = turns(protocol, { [field]: [...history, { role: "user", content: "and then?" }] });
    expect(edited.slice(0, 2)).toEqual(second);
    expect(edited[2]).not.toBe(third[2]);
  });

  it("stay the same when cache marks move and reasoning is dropped", () => {
    const text = (value: string, extra = {}) => [{ type: "text", text: value, ...extra }];
    const cache = { cache_control: { type: "ephemeral" } };
    const thinking = { type: "thinking", thinking: "hm", signature: "s" };
    const asked = (answer: JsonObject[], extra: JsonObject) => ({
      messages: [
        { role: "user", content: "a" },
        { role: "assistant", content: answer },
        { role: "user", content: text("c", extra) },
      ],
    });
    expect(turns("anthropic-messages", asked([thinking, ...text("b")], cache))).toEqual(
      turns("anthropic-messages", asked(text("b"), {})),
    );
  });
});

describe("conversationFingerprint", () => {
  const fingerprint = (protocol: Protocol, body: JsonObject) => peek(protocol, body).conversationFingerprint;

  it("stays the same over the turns and differs between conversations", () => {
    const first = { role: "user", content: "hello" };
    const turn1 = fingerprint("openai-chat", { messages: [{ role: "system", content: "s" }, first] });
    const turn2 = fingerprint("openai-chat", {
      messages: [
        { role: "system", content: "s" },
        first,
        { role: "assistant", content: "a" },
        { role: "user", content: "more" },
      ],
    });
    expect(turn1).toMatch(/^[0-9a-f]{32}$/);
    expect(turn2).toBe(turn1);
    expect(fingerprint("openai-chat", { messages: [first] })).not.toBe(turn1);
  });

  it("ignores Claude Code's session header, cache marks and packing (requirement: session-header-in-system)", () => {
    const block = (text: string, extra = {}) => ({ type: "text", text, ...extra });
    const cache = { cache_control: { type: "ephemeral" } };
    const turn1 = fingerprint("anthropic-messages", {
      system: [block("x-anthropic-billing-header: cc_version=2.1.330.bbb;"), block("You are", cache)],
      messages: [{ role: "user", content: [block("do it", cache)] }],
    });
    const turn2 = fingerprint("anthropic-messages", {
      system: [block("x-anthropic-billing-header: cc_version=2.1.330.338;"), block("You are", cache)],
      messages: [
        { role: "user", content: "do it" },
        { role: "assistant", content: "a" },
        { role: "user", content: "x" },
      ],
    });
    expect(turn2).toBe(turn1);
  });

  it("takes the run of user messages that opens a Responses conversation", () => {
    const opening = [
      { type: "message", role: "developer", content: [{ type: "input_text", text: "You are" }] },
      { role: "user", content: [{ type: "input_text", text: "<environment>" }] },
      { role: "user", content: [{ type: "input_text", text: "task" }] },
    ];
    const later = [
      ...opening,
      { type: "function_call", call_id: "c", name: "f", arguments: "{}" },
      { role: "user", content: "y" },
    ];
    expect(fingerprint("openai-responses", { input: later })).toBe(fingerprint("openai-responses", { input: opening }));
    expect(fingerprint("openai-responses", { input: opening.slice(0, 2) })).not.toBe(
      fingerprint("openai-responses", { input: opening }),
    );
    expect(fingerprint("openai-responses", { input: "x", instructions: "a" })).not.toBe(
      fingerprint("openai-responses", { input: "x", instructions: "b" }),
    );
  });

  it("tells long prompts apart by length, beginning and end", () => {
    const long = (text: string) => fingerprint("openai-responses", { input: text });
    const base = "a".repeat(200_000);
    expect(long(`${base}b`)).not.toBe(long(`${base}c`));
    expect(long(`b${base}`)).not.toBe(long(`c${base}`));
    expect(long(base)).not.toBe(long(`${base}a`));
  });
});
