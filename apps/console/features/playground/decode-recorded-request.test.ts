import { describe, expect, it } from "vitest";
import { pathOf, wordsOf } from "./conversation-tree";
import { decodeRecordedRequest } from "./decode-recorded-request";

function summaryOf(loaded: ReturnType<typeof decodeRecordedRequest>) {
  return pathOf(loaded.tree).map((node) => {
    if (node.kind === "user") return `user: ${wordsOf(node.parts)}`;
    if (node.kind === "tool") return `tool: ${node.results.map(({ text }) => text).join(", ")}`;
    const { text, toolCalls } = node.answer.exchange.answer;
    return `answer: ${text}${toolCalls.map(({ name }) => ` [${name}]`).join("")}`;
  });
}

const expected = ["user: Hi", "answer: Look [read]", "tool: a, b", "answer: Done", "user: Thanks"];

describe("decodeRecordedRequest", () => {
  it("reads a chat completion", () => {
    const loaded = decodeRecordedRequest("chat", {
      model: "m",
      messages: [
        { role: "system", content: "Be brief." },
        { role: "user", content: "Hi" },
        { role: "assistant", content: "Look", tool_calls: [{ id: "1", function: { name: "read", arguments: "{}" } }] },
        { role: "tool", tool_call_id: "1", content: "a" },
        { role: "tool", tool_call_id: "2", content: "b" },
        { role: "assistant", content: "Done" },
        { role: "user", content: [{ type: "text", text: "Thanks" }] },
      ],
    });
    expect(loaded).toMatchObject({ model: "m", system: "Be brief." });
    expect(summaryOf(loaded)).toEqual(expected);
  });

  it("reads a response", () => {
    const loaded = decodeRecordedRequest("responses", {
      model: "m",
      instructions: "Be brief.",
      input: [
        { role: "user", content: [{ type: "input_text", text: "Hi" }] },
        { type: "message", role: "assistant", content: [{ type: "output_text", text: "Look" }] },
        { type: "function_call", call_id: "1", name: "read", arguments: "{}" },
        { type: "function_call_output", call_id: "1", output: "a" },
        { type: "function_call_output", call_id: "2", output: "b" },
        { role: "assistant", content: "Done" },
        { role: "user", content: "Thanks" },
      ],
    });
    expect(summaryOf(loaded)).toEqual(expected);
  });

  it("reads messages, with their pictures", () => {
    const source = { type: "base64", media_type: "image/png", data: "AAAA" };
    const loaded = decodeRecordedRequest("messages", {
      model: "m",
      system: [{ type: "text", text: "Be brief." }],
      messages: [
        {
          role: "user",
          content: [
            { type: "image", source },
            { type: "text", text: "Hi" },
          ],
        },
        {
          role: "assistant",
          content: [
            { type: "text", text: "Look" },
            { type: "tool_use", id: "1", name: "read", input: {} },
          ],
        },
        {
          role: "user",
          content: [
            { type: "tool_result", tool_use_id: "1", content: "a" },
            { type: "tool_result", tool_use_id: "2", content: [{ type: "text", text: "b" }] },
          ],
        },
        { role: "assistant", content: "Done" },
        { role: "user", content: "Thanks" },
      ],
    });
    expect(loaded.system).toBe("Be brief.");
    expect(summaryOf(loaded)).toEqual(expected);
    expect(pathOf(loaded.tree)[0]).toMatchObject({
      parts: [{ kind: "image", dataUrl: "data:image/png;base64,AAAA" }, {}],
    });
  });

  it("makes nothing of nonsense", () => {
    expect(summaryOf(decodeRecordedRequest("chat", "x"))).toEqual([]);
  });
});
