import type { JsonObject, Protocol } from "@copilot-llm/model";
import { describe, expect, test } from "vitest";
import { protocolOf } from "./protocols.js";

const stripReasoning = (protocol: Protocol, body: JsonObject) => protocolOf(protocol).stripReasoning(body);

const thinking = { type: "thinking", thinking: "hm", signature: "s" };
const call = { type: "tool_use", id: "toolu_1", name: "read", input: {} };

describe("stripReasoning", () => {
  test("Messages: thinking blocks go, what was said stays", () => {
    const body = {
      thinking: { type: "enabled", budget_tokens: 1024 },
      messages: [
        { role: "user", content: "hi" },
        { role: "assistant", content: [thinking, { type: "text", text: "hello" }] },
        { role: "assistant", content: [{ type: "redacted_thinking", data: "x" }] },
        { role: "user", content: "and?" },
      ],
    };
    expect(stripReasoning("anthropic-messages", body)).toEqual({
      thinking: body.thinking,
      messages: [body.messages[0], { role: "assistant", content: [{ type: "text", text: "hello" }] }, body.messages[3]],
    });
  });

  test("Messages: thinking is switched off where the tool call's own thinking had to go", () => {
    const result = { role: "user", content: [{ type: "tool_result", tool_use_id: "toolu_1", content: "ok" }] };
    const body = {
      thinking: { type: "adaptive" },
      messages: [{ role: "assistant", content: [thinking, call] }, result],
    };
    expect(stripReasoning("anthropic-messages", body)).toEqual({
      messages: [{ role: "assistant", content: [call] }, result],
    });
  });

  test("Responses: reasoning items and the account's item ids go", () => {
    const body = {
      input: [
        { type: "reasoning", id: "rs_1" },
        { type: "message", id: "msg_1", role: "user", content: "x" },
      ],
    };
    expect(stripReasoning("openai-responses", body)).toEqual({
      input: [{ type: "message", role: "user", content: "x" }],
    });
  });

  test("Chat: the opaque reasoning of an assistant turn goes", () => {
    const body = { messages: [{ role: "assistant", content: "hi", reasoning_opaque: "x" }] };
    expect(stripReasoning("openai-chat", body)).toEqual({ messages: [{ role: "assistant", content: "hi" }] });
  });

  test("is null where there is nothing to leave out", () => {
    expect(stripReasoning("anthropic-messages", { messages: [{ role: "user", content: "hi" }] })).toBeNull();
    expect(stripReasoning("openai-responses", { input: "hi" })).toBeNull();
    expect(stripReasoning("openai-embeddings", { input: ["hi"] })).toBeNull();
  });
});
