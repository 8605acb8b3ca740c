import { describe, expect, it } from "vitest";
import { orderToolTurns } from "./order-tool-turns.js";
import type { ToolCallPart, ToolResultPart } from "./part.js";
import type { CanonicalMessage } from "./request.js";

const user = (text: string): CanonicalMessage => ({ role: "user", content: [{ type: "text", text, cache: null }] });
const call = (callId: string): ToolCallPart => ({
  type: "tool-call",
  callId,
  kind: "function",
  name: "f",
  namespace: null,
  input: "{}",
  cache: null,
});
const calls = (...ids: string[]): CanonicalMessage => ({ role: "assistant", content: ids.map(call) });
const result = (callId: string, text = callId): ToolResultPart => ({
  type: "tool-result",
  callId,
  kind: "function",
  output: [{ type: "text", text, cache: null }],
  isError: false,
  cache: null,
});
const results = (...ids: string[]): CanonicalMessage => ({ role: "tool", content: ids.map((id) => result(id)) });

describe("orderToolTurns", () => {
  it("leaves what is in order as the very same list", () => {
    const messages = [user("x"), calls("a", "b"), results("b", "a"), user("y")];
    expect(orderToolTurns(messages)).toBe(messages);
  });

  it("lets what is said meanwhile wait until the open calls have their results", () => {
    expect(
      orderToolTurns([user("x"), calls("a", "b"), user("hold on"), results("b"), user("well"), results("a")]),
    ).toEqual([user("x"), calls("a", "b"), results("a", "b"), user("hold on"), user("well")]);
  });

  it("gives each of several calls of one id its own result", () => {
    const first = { role: "tool", content: [result("call_0", "1")] } as const;
    const second = { role: "tool", content: [result("call_0", "2")] } as const;
    expect(orderToolTurns([calls("call_0"), user("a"), first, calls("call_0"), user("b"), second])).toEqual([
      calls("call_0"),
      first,
      user("a"),
      calls("call_0"),
      second,
      user("b"),
    ]);
  });

  it("says of a call that it has no result, and lets the user tell a result that has no call", () => {
    const missing = { role: "tool", content: [result("a", "(no result)")] };
    expect(orderToolTurns([calls("a")])).toEqual([calls("a"), missing]);
    expect(orderToolTurns([calls("a"), user("x"), results("z")])).toEqual([
      calls("a"),
      missing,
      user("x"),
      {
        role: "user",
        content: [
          { type: "text", text: "The result of the earlier tool call z:", cache: null },
          { type: "text", text: "z", cache: null },
        ],
      },
    ]);
  });
});
