import type { JsonObject, Wire } from "@copilot-llm/model";
import { describe, expect, test } from "vitest";
import { newWords } from "./new-words.js";
import { readRecordedRequest } from "./read-recorded-request.js";

const read = (protocol: Wire, body: JsonObject) => readRecordedRequest(protocol, Buffer.from(JSON.stringify(body)));
const text = (words: string) => ({ type: "text", text: words, cache: null });

interface Turns {
  readonly first: JsonObject;
  readonly second: JsonObject;
  readonly system: string | null;
}

const user = (content: string) => ({ role: "user", content });
const assistant = (content: string) => ({ role: "assistant", content });

const conversations: readonly [string, Wire, Turns][] = [
  [
    "Chat",
    "openai-chat",
    {
      first: { model: "m", messages: [{ role: "system", content: "Be brief." }, user("Hi")] },
      second: {
        model: "m",
        messages: [{ role: "system", content: "Be brief." }, user("Hi"), assistant("Hello."), user("More")],
      },
      system: "Be brief.",
    },
  ],
  [
    "Messages, whose cache mark wanders",
    "anthropic-messages",
    {
      first: {
        model: "m",
        max_tokens: 9,
        system: "Be brief.",
        messages: [{ role: "user", content: [{ type: "text", text: "Hi", cache_control: { type: "ephemeral" } }] }],
      },
      second: {
        model: "m",
        max_tokens: 9,
        system: "Be brief.",
        messages: [
          user("Hi"),
          assistant("Hello."),
          { role: "user", content: [{ type: "text", text: "More", cache_control: { type: "ephemeral" } }] },
        ],
      },
      system: "Be brief.",
    },
  ],
  [
    "Responses",
    "openai-responses",
    {
      first: { model: "m", instructions: "Be brief.", input: "Hi" },
      second: { model: "m", instructions: "Be brief.", input: [user("Hi"), assistant("Hello."), user("More")] },
      system: "Be brief.",
    },
  ],
  [
    "Responses that refer to the answer before",
    "openai-responses",
    {
      first: { model: "m", input: "More" },
      second: { model: "m", previous_response_id: "resp_1", input: "More" },
      system: null,
    },
  ],
];

describe("newWords", () => {
  test.each(conversations)(
    "are everything at first, then what came behind the answer: %s",
    (_name, protocol, turns) => {
      const first = read(protocol, turns.first);
      const opening = newWords(null, first);
      expect(opening.system).toMatchObject(turns.system === null ? [] : [{ text: turns.system }]);
      expect(opening.messages).toHaveLength(1);
      const next = newWords(first, read(protocol, turns.second));
      expect(next).toMatchObject({ system: null, tools: null });
      expect(next.messages).toMatchObject([{ role: "user", content: [{ text: "More" }] }]);
    },
  );

  test("hold tool results, and the answer that a client repeats is left out", () => {
    const call = { id: "call_1", type: "function", function: { name: "f", arguments: "{}" } };
    const first = read("openai-chat", { model: "m", messages: [user("Hi")] });
    const second = read("openai-chat", {
      model: "m",
      messages: [
        user("Hi"),
        { role: "assistant", content: null, tool_calls: [call] },
        { role: "tool", tool_call_id: "call_1", content: "42" },
      ],
    });
    expect(newWords(first, second).messages).toMatchObject([
      { role: "tool", content: [{ type: "tool-result", callId: "call_1", output: [text("42")] }] },
    ]);
  });

  test("tell a changed system prompt, changed tools and a changed history", () => {
    const tool = { type: "function", function: { name: "f", parameters: { type: "object" } } };
    const request = (system: string, tools: JsonObject[], ...messages: JsonObject[]) =>
      read("openai-chat", { model: "m", tools, messages: [{ role: "system", content: system }, ...messages] });
    const first = request("One.", [tool], user("Hi"), assistant("Hello."), user("A"));
    const edited = newWords(first, request("Two.", [], user("Hi"), assistant("Hello."), user("B")));
    expect(edited).toMatchObject({ system: [{ text: "Two." }], tools: [], messages: [{ content: [{ text: "B" }] }] });
    const compacted = newWords(first, request("One.", [tool], user("Summary"), user("A")));
    expect(compacted).toMatchObject({ system: null, tools: null });
    expect(compacted.messages).toMatchObject([{ content: [{ text: "Summary" }] }, { content: [{ text: "A" }] }]);
  });
});
