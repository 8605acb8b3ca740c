import { expect, test } from "vitest";
import { chatIgnoresSchema } from "./ignores-schema.js";

const claude = { vendor: "Anthropic" };
const wanted = { response_format: { type: "json_schema", json_schema: { name: "a", schema: {} } } };

test("Chat ignores the schema for Claude, and only there", () => {
  expect(chatIgnoresSchema("openai-chat", wanted, claude)).toBe(true);
  expect(chatIgnoresSchema("openai-chat", wanted, { vendor: "Azure OpenAI" })).toBe(false);
  expect(chatIgnoresSchema("openai-chat", { response_format: { type: "text" } }, claude)).toBe(false);
  expect(chatIgnoresSchema("openai-chat", {}, claude)).toBe(false);
  expect(chatIgnoresSchema("anthropic-messages", wanted, claude)).toBe(false);
});
