import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";
import { withoutMembers } from "../body/rewrite.js";
import { markLast } from "./add-cache-breakpoints.js";

/**
 * The body with the breakpoint that stands at its top on the last block of its last message, where Anthropic's API
 * would put it. What can hold none is passed over, and a block's own stays. The same object when there is none at the top.
 */
export function placeAutomaticMark(body: JsonObject): JsonObject {
  const { cache_control: mark, messages } = body;
  if (!isObject(mark)) return body;
  const rest = withoutMembers(body, ["cache_control"]);
  return isArray(messages) ? { ...rest, messages: markLastMessage(messages, mark) } : rest;
}

function markLastMessage(messages: readonly JsonValue[], mark: JsonObject): readonly JsonValue[] {
  for (let index = messages.length - 1; index >= 0; index -= 1) {
    const message = messages[index];
    const content = isObject(message) ? markLast(message.content, mark) : null;
    if (isObject(message) && content !== null) return messages.with(index, { ...message, content });
  }
  return messages;
}
