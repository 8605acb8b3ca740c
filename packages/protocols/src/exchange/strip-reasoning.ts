import type { JsonObject, JsonValue, Protocol } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";

const chatFields = ["reasoning_text", "reasoning_opaque", "reasoning_content"];

/**
 * A request body without the reasoning of earlier turns, for an account or back-end that did not write it ("Invalid
 * signature in thinking block", upstream.md B8). Null when there is none to leave out.
 */
export function stripReasoning(wire: Protocol, body: JsonObject): JsonObject | null {
  switch (wire) {
    case "anthropic-messages":
      return stripMessages(body);
    case "openai-chat":
      return stripItems(body, "messages", (message) => [withoutFields(message, chatFields)]);
    case "openai-responses":
      return stripItems(body, "input", (item) => (item.type === "reasoning" ? [] : [withoutFields(item, ["id"])]));
    case "openai-embeddings":
      return null;
  }
}

function stripMessages(body: JsonObject): JsonObject | null {
  const stripped = stripItems(body, "messages", (message) => {
    if (message.role !== "assistant" || !isArray(message.content)) return [message];
    const content = message.content.filter((block) => !isThinking(block));
    if (content.length === message.content.length) return [message];
    return content.length === 0 ? [] : [{ ...message, content }];
  });
  if (stripped === null || !endsInToolResult(body)) return stripped;
  // With thinking on, the turn that called the tools would have to begin with its thinking block.
  return withoutFields(stripped, ["thinking", "context_management"]);
}

function isThinking(block: JsonValue): boolean {
  return isObject(block) && (block.type === "thinking" || block.type === "redacted_thinking");
}

function endsInToolResult(body: JsonObject): boolean {
  const last = isArray(body.messages) ? body.messages.at(-1) : undefined;
  if (!isObject(last) || !isArray(last.content)) return false;
  return last.content.some((block) => isObject(block) && block.type === "tool_result");
}

/** Null when no item changed. */
function stripItems(
  body: JsonObject,
  field: "messages" | "input",
  strip: (item: JsonObject) => readonly JsonObject[],
): JsonObject | null {
  const items = body[field];
  if (!isArray(items)) return null;
  const kept = items.flatMap((item: JsonValue): readonly JsonValue[] => (isObject(item) ? strip(item) : [item]));
  const isSame = kept.length === items.length && kept.every((item, index) => item === items[index]);
  return isSame ? null : { ...body, [field]: kept };
}

/** The same object when it has none of the fields. */
function withoutFields(object: JsonObject, fields: readonly string[]): JsonObject {
  if (!fields.some((field) => field in object)) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !fields.includes(name)));
}
