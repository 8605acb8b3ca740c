import { isJsonObject, objectsOf, stringOf } from "../../json-value.js";
import { found } from "../finding.js";
import type { RuleRow } from "../rule-row.js";
import { blocksOfMessage, locateBlocks, locateTexts } from "./message-blocks.js";

const blockTypes = [
  "text",
  "image",
  "document",
  "search_result",
  "thinking",
  "redacted_thinking",
  "tool_use",
  "tool_result",
  "server_tool_use",
  "tool_search_tool_result",
  "container_upload",
  "compaction",
];
const resultBlockTypes = ["text", "image", "document", "search_result", "tool_reference"];

/** Content blocks of `/v1/messages`. */
export const messagesContentRules: readonly RuleRow[] = [
  {
    id: "empty-content",
    refuses: "a message without content, save a final assistant one",
    source: "Anthropic's API",
    check: ({ body }) => {
      const messages = objectsOf(body.messages);
      const index = messages.findIndex((message, position) => {
        const mayBeEmpty = position === messages.length - 1 && message.role === "assistant";
        return !mayBeEmpty && blocksOfMessage(message, position).length === 0;
      });
      return index < 0 ? undefined : { index };
    },
    error: {
      status: 400,
      shape: "backend",
      message:
        "messages.{index}: all messages must have non-empty content except for the optional final assistant message",
    },
  },
  {
    id: "unknown-block-type",
    refuses: "a content block of a type that it does not know",
    source: "Anthropic's API",
    check: ({ body }) => {
      for (const { at, block } of locateBlocks(body)) {
        if (!blockTypes.includes(stringOf(block.type))) return { at, type: stringOf(block.type) };
        if (block.type !== "tool_result") continue;
        const inner = objectsOf(block.content).findIndex(({ type }) => !resultBlockTypes.includes(stringOf(type)));
        const type = stringOf(objectsOf(block.content)[inner]?.type);
        if (inner >= 0) return { at: `${at}.tool_result.content.${inner}`, type };
      }
      return undefined;
    },
    error: {
      status: 400,
      shape: "backend",
      message: "{at}: Input tag '{type}' found using 'type' does not match any of the expected tags",
    },
  },
  {
    id: "empty-text",
    refuses: "an empty text block, in `system`, messages and tool results alike",
    source: "mtga PR#68",
    check: ({ body }) => {
      const empty = locateTexts(body).find(({ text }) => text === "");
      return empty === undefined ? undefined : { list: empty.list };
    },
    error: { status: 400, shape: "backend", message: "{list}: text content blocks must be non-empty" },
  },
  {
    id: "blank-text",
    refuses: "a text block of white space, in `system`, messages and tool results alike",
    source: "hermes-agent PR#77134",
    check: ({ body }) => {
      const blank = locateTexts(body).find(({ text }) => text.trim() === "");
      return blank === undefined ? undefined : { list: blank.list };
    },
    error: { status: 400, shape: "backend", message: "{list}: text content blocks must contain non-whitespace text" },
  },
  {
    id: "trailing-white-space",
    refuses: "a final assistant text that ends in white space",
    source: "langchain-google#1514",
    check: ({ body }) => {
      const messages = objectsOf(body.messages);
      const last = messages.at(-1);
      if (last?.role !== "assistant") return undefined;
      const block = blocksOfMessage(last, messages.length - 1).at(-1)?.block;
      return block?.type === "text" && /\s$/.test(stringOf(block.text)) ? found : undefined;
    },
    error: {
      status: 400,
      shape: "backend",
      message: "messages: final assistant content cannot end with trailing whitespace",
    },
  },
  {
    id: "external-image",
    refuses: "an image given by its URL",
    source: "captures of the service",
    check: ({ body }) => (hasUrlImage(body.messages) ? found : undefined),
    error: { status: 400, shape: "service", message: "external image URLs are not supported", code: "" },
  },
];

function hasUrlImage(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasUrlImage);
  if (!isJsonObject(value)) return false;
  const remote = value.type === "image" && isJsonObject(value.source) && value.source.type === "url";
  return remote || hasUrlImage(value.content);
}
