import { describeRules } from "../../../testing/describe-rules.js";
import { messagesContentRules } from "./content-rules.js";

const user = (content: unknown) => ({ role: "user", content });
const assistant = (content: unknown) => ({ role: "assistant", content });
const text = (words: string) => ({ type: "text", text: words });
const talk = (...messages: unknown[]) => ({ messages: [user("x"), ...messages] });
const result = (content: unknown) =>
  talk(
    assistant([{ type: "tool_use", id: "t", name: "f", input: {} }]),
    user([{ type: "tool_result", tool_use_id: "t", content }]),
  );
const image = (source: object) => ({ messages: [user([{ type: "image", source }])] });
const vision = { "copilot-vision-request": "true" };
const noContent = (index: number) =>
  `messages.${index}: all messages must have non-empty content except for the optional final assistant message`;
const unknownTag = (at: string, tag: string) =>
  `${at}: Input tag '${tag}' found using 'type' does not match any of the expected tags`;
const blank = (list: string) => `${list}: text content blocks must contain non-whitespace text`;

describeRules("/v1/messages", messagesContentRules, {
  "empty-content": [
    { refused: talk(assistant(""), user("y")), accepted: talk(assistant("z"), user("y")), says: noContent(1) },
    { refused: { messages: [user([])] }, accepted: talk(assistant([])), says: noContent(0) },
  ],
  "unknown-block-type": [
    {
      refused: { messages: [user([{ type: "input_text", text: "x" }])] },
      accepted: { messages: [user([text("x")])] },
      says: unknownTag("messages.0.content.0", "input_text"),
    },
    {
      refused: result([{ type: "output_text", text: "x" }]),
      accepted: result([{ type: "tool_reference", tool_name: "f" }]),
      says: unknownTag("messages.2.content.0.tool_result.content.0", "output_text"),
    },
  ],
  "empty-text": [
    {
      refused: { messages: [user([text("x"), text("")])] },
      accepted: { messages: [user([text("x")])] },
      says: "messages: text content blocks must be non-empty",
    },
    {
      refused: { system: [text("")] },
      accepted: { system: "" },
      says: "system: text content blocks must be non-empty",
    },
    { refused: result([text("")]), accepted: result([]), says: "messages: text content blocks must be non-empty" },
  ],
  "blank-text": [
    { refused: { messages: [user(" \n")] }, accepted: { messages: [user(" x\n")] }, says: blank("messages") },
    { refused: { system: "  " }, accepted: { system: [text("a")] }, says: blank("system") },
    { refused: result("\n"), accepted: result(""), says: blank("messages") },
    { refused: result([text(" ")]), accepted: result([text("ok")]), says: blank("messages") },
  ],
  "trailing-white-space": {
    refused: talk(assistant("So: ")),
    accepted: talk(assistant("So:"), user("go on ")),
    says: "messages: final assistant content cannot end with trailing whitespace",
  },
  "external-image": {
    refused: image({ type: "url", url: "https://example.com/a.png" }),
    refusedHeaders: vision,
    accepted: image({ type: "base64", media_type: "image/png", data: "AAAA" }),
    acceptedHeaders: vision,
    says: "external image URLs are not supported",
    code: "",
  },
});
