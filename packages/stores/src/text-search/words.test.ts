import { describe, expect, it } from "vitest";
import { turnText } from "./turn-text.js";
import { wordsOf } from "./words.js";

describe("the words of a text", () => {
  it("are letters and digits, in lower case", () => {
    expect(wordsOf('The quick-brown FOX2 said: "Grüße"')).toEqual(["the", "quick", "brown", "fox2", "said", "grüße"]);
    expect(wordsOf("?!")).toEqual([]);
  });

  it("are pairs of letters where a script has no spaces", () => {
    expect(wordsOf("GPT说你好吗 ok 我")).toEqual(["gpt", "说你", "你好", "好吗", "ok", "我"]);
  });
});

function textOf(request: unknown, response: string): string {
  return turnText({ request: Buffer.from(JSON.stringify(request)), response: Buffer.from(response) });
}

describe("the text of a turn", () => {
  it("is what came behind the last answer, and the answer to it, in every wire", () => {
    const chat = {
      messages: [
        { role: "system", content: "be brief" },
        { role: "user", content: "first question" },
        { role: "assistant", content: "first answer" },
        { role: "tool", tool_call_id: "call_1", content: "the tool's result" },
        { role: "user", content: [{ type: "text", text: "second question" }] },
      ],
    };
    const stream = `data: ${JSON.stringify({ choices: [{ delta: { content: "sec" } }] })}\n\ndata: ${JSON.stringify({ choices: [{ delta: { content: "ond answer" } }] })}\n\n`;
    expect(textOf(chat, stream)).toBe("the tool's result\nsecond question\nsecond answer");
    const responses = {
      input: [
        { type: "message", role: "user", content: [{ type: "input_text", text: "earlier" }] },
        { type: "function_call", name: "look", arguments: "{}" },
        { type: "function_call_output", call_id: "call_1", output: "what was found" },
      ],
    };
    const whole = JSON.stringify({ output: [{ type: "message", content: [{ type: "output_text", text: "done" }] }] });
    expect(textOf(responses, whole)).toBe("what was found\n\ndone");
    const messages = { system: "be brief", messages: [{ role: "user", content: [{ type: "text", text: "hello" }] }] };
    expect(textOf(messages, '{"content":[{"type":"text","text":"hi"}]}')).toBe("hello\n\nhi");
    expect(textOf({ input: "only this" }, "")).toContain("only this");
  });

  it("is empty for what is no conversation", () => {
    const odd = turnText({ request: Buffer.from("\xff{"), response: Buffer.from([0, 255]) });
    expect(odd.trim()).toBe("");
  });
});
