import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../../body/json.js";
import { isSealed } from "../../canonical/seal-reasoning.js";
import { isServerResult } from "../server-blocks.js";

/**
 * The assistant's messages behind which a thought of the same turn comes. Thoughts stay in their places, so nothing that
 * stands before one may go without a trace.
 */
export function findLeadingMessages(messages: JsonValue | undefined): ReadonlySet<JsonObject> {
  const leading = new Set<JsonObject>();
  let isThoughtAhead = false;
  for (let index = isArray(messages) ? messages.length - 1 : -1; index >= 0; index -= 1) {
    const message = isArray(messages) ? messages[index] : null;
    if (!isObject(message) || message.role !== "assistant") {
      isThoughtAhead = false;
      continue;
    }
    if (isThoughtAhead) leading.add(message);
    isThoughtAhead ||= isArray(message.content) && message.content.some(isThought);
  }
  return leading;
}

/** Another service's thought was never there for this one, and a call of the service has its result beside it. */
export function holdsPlace(block: JsonObject): boolean {
  return block.type === "text" || isServerResult(block);
}

/** A thought of the service's own. */
export function isThought(block: JsonValue): boolean {
  if (!isObject(block)) return false;
  if (block.type === "thinking") return !isForeign(block.signature);
  return block.type === "redacted_thinking" && !isForeign(block.data);
}

/** True for a seal that was made for another wire, or for none. */
export function isForeign(sealed: JsonValue | undefined): boolean {
  return typeof sealed === "string" && isSealed(sealed);
}
