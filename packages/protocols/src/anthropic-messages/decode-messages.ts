import type { JsonObject } from "@copilot-llm/model";
import { writeJson } from "../body/exact-json.js";
import { optionalBoolean, optionalObject, optionalString, requiredString } from "../body/fields.js";
import { isArray, isObject, stringOrNull } from "../body/json.js";
import { parseContent } from "../body/require-field.js";
import type {
  AssistantPart,
  CacheHint,
  TextPart,
  ToolOutputPart,
  ToolResultPart,
  UserPart,
} from "../canonical/part.js";
import type { CanonicalMessage } from "../canonical/request.js";
import { unsealReasoning } from "../canonical/seal-reasoning.js";
import { decodeOtherPart, decodeSource, decodeWords } from "../codec/decode-other-part.js";
import { readText } from "../codec/read-text.js";

const wire = "anthropic-messages";

/** One message; a turn of the user that holds tool results becomes two. */
export function decodeMessage(message: JsonObject, at: string, warnings: string[]): CanonicalMessage[] {
  if (message.role === "system") return [{ role: "system", content: decodeTexts(message.content, `${at}.content`) }];
  const content = parseContent(message.content, `${at}.content`);
  const blocks: readonly JsonObject[] = typeof content === "string" ? [{ type: "text", text: content }] : content;
  if (message.role === "assistant") {
    return [
      {
        role: "assistant",
        content: blocks.flatMap((block, index) => decodeAssistantBlock(block, `${at}.content.${index}`, warnings)),
      },
    ];
  }
  const results: ToolResultPart[] = [];
  const parts: UserPart[] = [];
  blocks.forEach((block, index) => {
    const blockAt = `${at}.content.${index}`;
    if (block.type === "tool_result") results.push(decodeToolResult(block, blockAt));
    else parts.push(...decodeUserBlock(block, blockAt));
  });
  return [
    { role: "tool", content: results },
    { role: "user", content: parts },
  ];
}

/** Content that is text only, such as `system`. */
export function decodeTexts(content: JsonObject[string], at: string): TextPart[] {
  const blocks = parseContent(content, at);
  if (typeof blocks === "string") return blocks === "" ? [] : [{ type: "text", text: blocks, cache: null }];
  return blocks.map((block, index) => ({
    type: "text",
    text: requiredString(block, "text", `${at}.${index}.`),
    cache: decodeCache(block),
  }));
}

/** `cache_control`. */
export function decodeCache(holder: JsonObject): CacheHint | null {
  const cache = holder.cache_control;
  if (!isObject(cache)) return null;
  return { ttl: cache.ttl === "5m" || cache.ttl === "1h" ? cache.ttl : null };
}

function decodeUserBlock(block: JsonObject, at: string): ToolOutputPart[] {
  const cache = decodeCache(block);
  switch (block.type) {
    case "text": {
      const text = requiredString(block, "text", `${at}.`);
      return text === "" ? [] : [{ type: "text", text, cache }];
    }
    case "image":
      return [{ type: "image", source: decodeSource(block, at), detail: null, cache }];
    case "document":
      return decodeDocument(block, at, cache);
    case "search_result":
      return decodeSearchResult(block, at, cache);
    case "tool_reference":
      return [{ type: "text", text: `The tool ${String(block.tool_name)} can be called now.`, cache }];
    default:
      return [{ ...decodeOtherPart(block, at), cache }];
  }
}

/** Text, headed by where it is from. */
function decodeSearchResult(block: JsonObject, at: string, cache: CacheHint | null): ToolOutputPart[] {
  const head = [block.title, block.source].filter((line) => typeof line === "string").join("\n");
  const content = parseContent(block.content, `${at}.content`);
  const parts: readonly JsonObject[] = typeof content === "string" ? [{ type: "text", text: content }] : content;
  return [
    ...(head === "" ? [] : [{ type: "text", text: head, cache: null } as const]),
    ...parts.flatMap((part, index) => decodeUserBlock(part, `${at}.content.${index}`)),
  ].map((part, index, all) => (index === all.length - 1 ? { ...part, cache } : part));
}

function decodeDocument(block: JsonObject, at: string, cache: CacheHint | null): ToolOutputPart[] {
  const source = optionalObject(block, "source", `${at}.`) ?? {};
  if (source.type === "text") {
    return [{ type: "text", text: requiredString(source, "data", `${at}.source.`), cache }];
  }
  if (source.type === "content") {
    const content = parseContent(source.content, `${at}.source.content`);
    if (typeof content === "string") return [{ type: "text", text: content, cache }];
    return content.flatMap((inner, index) => decodeUserBlock(inner, `${at}.source.content.${index}`));
  }
  return [{ type: "file", source: decodeSource(block, at), filename: optionalString(block, "title", `${at}.`), cache }];
}

function decodeToolResult(block: JsonObject, at: string): ToolResultPart {
  const content = parseContent(block.content, `${at}.content`);
  const blocks: readonly JsonObject[] = typeof content === "string" ? [{ type: "text", text: content }] : content;
  const output = blocks.flatMap((inner, index) => decodeUserBlock(inner, `${at}.content.${index}`));
  return {
    type: "tool-result",
    callId: requiredString(block, "tool_use_id", `${at}.`),
    kind: "function",
    output,
    isError: optionalBoolean(block, "is_error", `${at}.`) ?? false,
    cache: decodeCache(block),
  };
}

function decodeAssistantBlock(block: JsonObject, at: string, warnings: string[]): AssistantPart[] {
  switch (block.type) {
    case "text": {
      const text = requiredString(block, "text", `${at}.`);
      if (isArray(block.citations) && block.citations.length > 0) warnings.push("Citations are not carried.");
      return text === "" ? [] : [{ type: "text", text, cache: decodeCache(block) }];
    }
    case "thinking": {
      const text = optionalString(block, "thinking", `${at}.`) ?? "";
      return [{ type: "reasoning", text, opaque: unsealReasoning(stringOrNull(block.signature) ?? "", wire) }];
    }
    case "redacted_thinking":
      return [{ type: "reasoning", text: "", opaque: unsealReasoning(stringOrNull(block.data) ?? "", wire, true) }];
    case "tool_use":
      return [
        {
          type: "tool-call",
          callId: requiredString(block, "id", `${at}.`),
          kind: "function",
          name: requiredString(block, "name", `${at}.`),
          namespace: null,
          input: writeJson(block.input ?? {}),
          cache: decodeCache(block),
        },
      ];
    default:
      return [decodeOtherBlock(block, at)];
  }
}

/** What the service itself called. Its result stands beside it. */
const serverCalls = /^(?:server_tool_use|mcp_tool_use)$/;

/** A block of the assistant without a case of its own: the words that it holds, such as what a server tool found. */
function decodeOtherBlock(block: JsonObject, at: string): AssistantPart {
  const isServer = serverCalls.test(String(block.type)) || String(block.type).endsWith("_tool_result");
  if (isServer && readText(block) === "") return { type: "wire", wire, item: block };
  return decodeWords(block, at);
}
