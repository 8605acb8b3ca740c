import type { JsonObject, Wire } from "@copilot-llm/model";
import { describe, expect, test } from "vitest";
import { findResponseId, prependItems, responseItems } from "../openai-responses/response-items.js";
import { continueConversation } from "./continue-conversation.js";

const bytes = (text: string): Uint8Array => Buffer.from(text);
const sse = (...events: readonly JsonObject[]): Uint8Array =>
  bytes(events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join(""));

const chatAnswer = {
  id: "chatcmpl-1",
  choices: [{ index: 0, message: { role: "assistant", content: "Hello." }, finish_reason: "stop" }],
};
const chatStream = [
  { choices: [{ index: 0, delta: { role: "assistant", content: "Hel" }, finish_reason: null }] },
  { choices: [{ index: 0, delta: { content: "lo." }, finish_reason: null }] },
  { choices: [{ index: 0, delta: {}, finish_reason: "stop" }] },
]
  .map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`)
  .join("");
const messagesAnswer = {
  id: "msg_1",
  type: "message",
  role: "assistant",
  content: [{ type: "text", text: "Hello." }],
  stop_reason: "end_turn",
};
const messageItem = {
  type: "message",
  id: "msg_1",
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", text: "Hello.", annotations: [] }],
};
const responsesAnswer = { id: "resp_1", object: "response", status: "completed", output: [messageItem] };

describe("continueConversation", () => {
  const cases: readonly [string, Wire, JsonObject, Uint8Array][] = [
    [
      "Chat",
      "openai-chat",
      { model: "m", messages: [{ role: "user", content: "Hi" }] },
      bytes(JSON.stringify(chatAnswer)),
    ],
    [
      "a Chat stream",
      "openai-chat",
      { model: "m", messages: [{ role: "user", content: "Hi" }] },
      bytes(`${chatStream}data: [DONE]\n\n`),
    ],
    [
      "Messages",
      "anthropic-messages",
      { model: "m", max_tokens: 9, messages: [{ role: "user", content: "Hi" }] },
      bytes(JSON.stringify(messagesAnswer)),
    ],
    ["Responses", "openai-responses", { model: "m", input: "Hi" }, bytes(JSON.stringify(responsesAnswer))],
  ];
  test.each(cases)(
    "puts what was answered and the next message behind the recorded request: %s",
    (_name, protocol, request, answer) => {
      const body = continueConversation(protocol, request, answer, "And now?");
      const said = JSON.stringify(body.messages ?? body.input);
      expect(said).toMatch(/Hi.*Hello\..*And now\?/);
      expect(body).toMatchObject({ model: "m", stream: true });
    },
  );
});

describe("responseItems", () => {
  const request = { model: "m", input: "Hi" };
  const question = { type: "message", role: "user", content: "Hi" };
  const call = { type: "function_call", call_id: "call_1", name: "f", arguments: "{}" };

  test("are the input and the output of a whole answer", () => {
    expect(responseItems(request, bytes(JSON.stringify(responsesAnswer)))).toEqual([question, messageItem]);
  });

  test("are read from the event that completes a stream, else from its finished items", () => {
    const done = { type: "response.output_item.done", item: call };
    const completed = { type: "response.completed", response: { id: "resp_1", output: [messageItem, call] } };
    expect(responseItems(request, sse(done, completed))).toEqual([question, messageItem, call]);
    const bare = { type: "response.completed", response: { id: "resp_1", output: [] } };
    expect(responseItems(request, sse(done, bare))).toEqual([question, call]);
  });

  test("leave out reasoning that nobody could read", () => {
    const sealed = { type: "reasoning", id: "rs_2", encrypted_content: "x" };
    const answer = { ...responsesAnswer, output: [{ type: "reasoning", id: "rs_1", summary: [] }, sealed, call] };
    expect(responseItems({ input: [question] }, bytes(JSON.stringify(answer)))).toEqual([question, sealed, call]);
  });

  test("go before the next request's own, which then refers to nothing stored", () => {
    const body = { model: "m", previous_response_id: "resp_1", input: "More" };
    expect(prependItems(body, [question])).toEqual({
      model: "m",
      input: [question, { type: "message", role: "user", content: "More" }],
    });
  });
});

describe("findResponseId", () => {
  test("finds the id in a whole answer and in a stream", () => {
    expect(findResponseId(bytes(JSON.stringify(responsesAnswer)))).toBe("resp_1");
    const created = { type: "response.created", sequence_number: 0, response: { id: "resp_9", object: "response" } };
    expect(findResponseId(sse(created))).toBe("resp_9");
    expect(findResponseId(bytes('{"error":{}}'))).toBeNull();
  });
});
