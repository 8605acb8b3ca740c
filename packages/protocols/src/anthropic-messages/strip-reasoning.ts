import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";
import { rewriteObjects, withoutMembers } from "../body/rewrite.js";

/**
 * The body without the reasoning of earlier turns, for an account or back-end that did not write it
 * (docs/copilot-service.md#sealed-reasoning). Null when it holds none.
 */
export function stripReasoning(body: JsonObject): JsonObject | null {
  const messages = rewriteObjects(body.messages, (message) => {
    if (message.role !== "assistant" || !isArray(message.content)) return message;
    const content = message.content.filter((block) => !isThinking(block));
    if (content.length === message.content.length) return message;
    return content.length === 0 ? null : { ...message, content };
  });
  if (messages === body.messages) return null;
  const stripped = { ...body, messages };
  // With thinking on, the turn that called the tools would have to begin with its thinking block.
  return endsInToolResult(body) ? withoutMembers(stripped, ["thinking", "context_management"]) : stripped;
}

function isThinking(block: JsonValue): boolean {
  return isObject(block) && (block.type === "thinking" || block.type === "redacted_thinking");
}

function endsInToolResult(body: JsonObject): boolean {
  const last = isArray(body.messages) ? body.messages.at(-1) : undefined;
  if (!isObject(last) || !isArray(last.content)) return false;
  return last.content.some((block) => isObject(block) && block.type === "tool_result");
}
