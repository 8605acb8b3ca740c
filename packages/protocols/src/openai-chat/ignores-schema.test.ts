import { expect, test } from "vitest";
import { anthropicMessages } from "../anthropic-messages/anthropic-messages.js";
import { catalogueModel } from "../testing/catalogue-model.js";
import { openaiChat } from "./openai-chat.js";

const claude = catalogueModel({ vendor: "Anthropic" });
const wanted = { response_format: { type: "json_schema", json_schema: { name: "a", schema: {} } } };

test("Chat ignores the schema for Claude, and only there", () => {
  expect(openaiChat.ignoresRequest(wanted, claude)).toBe(true);
  expect(openaiChat.ignoresRequest(wanted, catalogueModel({ vendor: "Azure OpenAI" }))).toBe(false);
  expect(openaiChat.ignoresRequest({ response_format: { type: "text" } }, claude)).toBe(false);
  expect(openaiChat.ignoresRequest({}, claude)).toBe(false);
  expect(anthropicMessages.ignoresRequest(wanted, claude)).toBe(false);
});
