import type { JsonObject } from "@copilot-llm/model";
import { readObjectOrNull } from "../body/exact-json.js";
import { withoutNulls } from "../body/fields.js";
import { emptyText } from "../canonical/empty-text.js";
import { fitCallId } from "../canonical/fit-call-id.js";
import type { AssistantPart, CacheHint, MediaSource, ToolResultPart, UserPart } from "../canonical/part.js";
import type { CanonicalMessage } from "../canonical/request.js";
import { sealReasoning } from "../canonical/seal-reasoning.js";

const wire = "anthropic-messages";

/** The block with `cache_control` where it has a breakpoint. */
export function withCache(block: JsonObject, cache: CacheHint | null): JsonObject {
  if (cache === null) return block;
  return { ...block, cache_control: withoutNulls({ type: "ephemeral", ttl: cache.ttl }) };
}

/** Tool results and what the user says behind them are one user turn. Later instructions become the user's turn too. */
export function encodeTurns(messages: readonly CanonicalMessage[], warnings: string[]): JsonObject[] {
  const turns: { readonly role: string; content: JsonObject[] }[] = [];
  let previous: CanonicalMessage["role"] | null = null;
  for (const message of messages) {
    const content = encodeContent(message, warnings);
    const role = message.role === "assistant" ? "assistant" : "user";
    const last = turns.at(-1);
    if (previous === "tool" && message.role === "user" && last !== undefined) last.content.push(...content);
    else if (content.length > 0) turns.push({ role, content });
    previous = message.role;
  }
  return turns.map(({ role, content }) => ({ role, content: simplify(content) }));
}

function simplify(content: JsonObject[]): string | JsonObject[] {
  const only = content[0];
  const isPlain = content.length === 1 && only?.type === "text" && only.cache_control === undefined;
  return isPlain && typeof only.text === "string" ? only.text : content;
}

function encodeContent(message: CanonicalMessage, warnings: string[]): JsonObject[] {
  switch (message.role) {
    case "system":
      return message.content.flatMap(({ text, cache }) =>
        text === "" ? [] : [withCache({ type: "text", text: `<system>\n${text}\n</system>` }, cache)],
      );
    case "user": {
      const blocks = encodeParts(message.content, warnings);
      return blocks.length > 0 ? blocks : [{ type: "text", text: emptyText }];
    }
    case "assistant":
      return message.content.flatMap((part) => encodeAssistantPart(part, warnings));
    case "tool":
      return message.content.map((result) => encodeToolResult(result, warnings));
  }
}

function encodeParts(parts: readonly UserPart[], warnings: string[]): JsonObject[] {
  return parts.flatMap((part) => encodePart(part, warnings));
}

function encodePart(part: UserPart, warnings: string[]): JsonObject[] {
  switch (part.type) {
    case "text":
      return part.text === "" ? [] : [withCache({ type: "text", text: part.text }, part.cache)];
    case "image":
      return [withCache({ type: "image", source: encodeSource(part.source) }, part.cache)];
    case "file": {
      const block = withoutNulls({ type: "document", source: encodeSource(part.source), title: part.filename });
      return [withCache(block, part.cache)];
    }
    case "wire":
      return part.wire === wire ? [part.item] : dropped(warnings, "An item of another protocol");
  }
}

function encodeSource(source: MediaSource): JsonObject {
  if (source.kind === "url") return { type: "url", url: source.url };
  if (source.kind === "id") return { type: "file", file_id: source.id };
  // A common name that OpenAI takes and Anthropic does not.
  const mediaType = source.mediaType === "image/jpg" ? "image/jpeg" : source.mediaType;
  return { type: "base64", media_type: mediaType, data: source.data };
}

/** Nothing in place of what the wire cannot carry. */
export function dropped(warnings: string[], what: string): [] {
  warnings.push(`${what} cannot be carried to Messages and was left out.`);
  return [];
}

function encodeAssistantPart(part: AssistantPart, warnings: string[]): JsonObject[] {
  switch (part.type) {
    case "text":
    case "refusal":
      if (part.text === "") return [];
      return [withCache({ type: "text", text: part.text }, part.type === "text" ? part.cache : null)];
    case "reasoning":
      return encodeReasoning(part);
    case "tool-call": {
      const input = readObjectOrNull(part.input);
      if (input === null) warnings.push(`The input of tool call ${part.callId} is no JSON object and was wrapped.`);
      const block = {
        type: "tool_use",
        id: fitCallId(part.callId),
        name: part.name,
        input: input ?? { input: part.input },
      };
      return [withCache(block, part.cache)];
    }
    case "wire":
      return part.wire === wire ? [part.item] : dropped(warnings, "An item of another protocol");
  }
}

/** Only blocks that this wire signed go back: others are refused (docs/copilot-service.md#sealed-reasoning). */
function encodeReasoning(part: Extract<AssistantPart, { type: "reasoning" }>): JsonObject[] {
  const { opaque } = part;
  if (opaque === null || opaque.wire !== wire) return [];
  const data = sealReasoning(opaque, wire);
  return opaque.redacted
    ? [{ type: "redacted_thinking", data }]
    : [{ type: "thinking", thinking: part.text, signature: data }];
}

function encodeToolResult(result: ToolResultPart, warnings: string[]): JsonObject {
  const blocks = encodeParts(result.output, warnings);
  const block = withoutNulls({
    type: "tool_result",
    tool_use_id: fitCallId(result.callId),
    content: blocks.length === 0 ? null : simplify(blocks),
    is_error: result.isError ? true : null,
  });
  return withCache(block, result.cache);
}
