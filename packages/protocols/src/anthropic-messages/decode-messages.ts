import type { JsonObject, JsonValue } from "@copilot-llm/model";
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
import { isServerCall, isServerResult, readServerWords } from "./server-blocks.js";

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
  const content = parseContent(block.content, `${at}.content`);
  const parts: readonly JsonObject[] = typeof content === "string" ? [{ type: "text", text: content }] : content;
  const found = parts.flatMap((part, index) => decodeUserBlock(part, `${at}.content.${index}`));
  return headParts([block.title, block.source], found, cache);
}

/** Headed by what is said about it. A file has its title for a name. */
function decodeDocument(block: JsonObject, at: string, cache: CacheHint | null): ToolOutputPart[] {
  const source = optionalObject(block, "source", `${at}.`) ?? {};
  const { title, context } = block;
  if (source.type === "text") {
    const text = requiredString(source, "data", `${at}.source.`);
    return headParts([title, context], [{ type: "text", text, cache: null }], cache);
  }
  if (source.type === "content") {
    const content = parseContent(source.content, `${at}.source.content`);
    const parts: readonly JsonObject[] = typeof content === "string" ? [{ type: "text", text: content }] : content;
    const inner = parts.flatMap((part, index) => decodeUserBlock(part, `${at}.source.content.${index}`));
    return headParts([title, context], inner, cache);
  }
  const filename = optionalString(block, "title", `${at}.`);
  return headParts([context], [{ type: "file", source: decodeSource(block, at), filename, cache: null }], cache);
}

/** The parts with the lines that are words before them, and the block's breakpoint on the last. */
function headParts(
  lines: readonly (JsonValue | undefined)[],
  parts: readonly ToolOutputPart[],
  cache: CacheHint | null,
): ToolOutputPart[] {
  const head = lines.filter((line) => typeof line === "string" && line !== "").join("\n");
  const headed: ToolOutputPart[] = head === "" ? [...parts] : [{ type: "text", text: head, cache: null }, ...parts];
  return headed.map((part, index) => (index === headed.length - 1 && cache !== null ? { ...part, cache } : part));
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

/** A block of the assistant without a case of its own: the words that it holds, such as what a server tool found. */
function decodeOtherBlock(block: JsonObject, at: string): AssistantPart {
  if (isServerCall(block)) return { type: "wire", wire, item: block };
  if (!isServerResult(block)) return decodeWords(block, at);
  const text = readServerWords(block);
  return text === "" ? { type: "wire", wire, item: block } : { type: "text", text, cache: decodeCache(block) };
}
