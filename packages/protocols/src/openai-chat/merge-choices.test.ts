import type { JsonObject } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { mergeChoices } from "./merge-choices.js";

const call = (id: string): JsonObject => ({ id, type: "function", function: { name: "f", arguments: "{}" } });
const choice = (index: number, message: JsonObject, finish_reason: string): JsonObject => ({
  index,
  message: { role: "assistant", content: null, ...message },
  finish_reason,
});
const bytes = (body: JsonObject): Uint8Array => new TextEncoder().encode(JSON.stringify(body));
const sequential = {
  id: "c",
  choices: [
    choice(0, { content: "Let me ", reasoning_text: "Hm", reasoning_opaque: "zz" }, "stop"),
    choice(1, { content: "see.", tool_calls: [call("1")] }, "tool_calls"),
    choice(2, { tool_calls: [call("2")] }, "tool_calls"),
  ],
  usage: { prompt_tokens: 1 },
};

describe("mergeChoices", () => {
  it("makes one choice of those that are parts of one answer", () => {
    expect(JSON.parse(Buffer.from(mergeChoices({}, bytes(sequential))).toString())).toEqual({
      id: "c",
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: "Let me see.",
            reasoning_text: "Hm",
            reasoning_opaque: "zz",
            tool_calls: [call("1"), call("2")],
          },
          finish_reason: "tool_calls",
        },
      ],
      usage: { prompt_tokens: 1 },
    });
  });

  it("leaves the bytes as they are when there is one choice, several were asked for, or it is no answer", () => {
    const single = bytes({ choices: [choice(0, { content: 'a "finish_reason" of its own' }, "stop")] });
    expect(mergeChoices({ n: 1 }, single)).toBe(single);
    const several = bytes(sequential);
    expect(mergeChoices({ n: 3 }, several)).toBe(several);
    const broken = new TextEncoder().encode('"finish_reason" "finish_reason"');
    expect(mergeChoices({}, broken)).toBe(broken);
  });
});
