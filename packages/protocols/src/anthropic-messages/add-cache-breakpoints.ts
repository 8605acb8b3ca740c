import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";
import { withMember } from "../body/rewrite.js";
import { isServerCall, isServerResult } from "./server-blocks.js";

const mark: JsonObject = { type: "ephemeral" };
/** With the last tool and the last system block these are the four that the service takes. */
const markedTurns = 2;

/**
 * Sets cache breakpoints in a Messages body whose client speaks a protocol without them: on the last tool, the last
 * system block, and the last block of the last two user turns, so that each turn reads what the one before it wrote.
 * A body with a breakpoint of its own is returned as it is.
 */
export function addCacheBreakpoints(body: JsonObject): JsonObject {
  if (hasBreakpoint(body)) return body;
  const tools = markLast(body.tools, mark) ?? body.tools;
  const system = markLast(body.system, mark) ?? body.system;
  return withMember(
    withMember(withMember(body, "tools", tools), "system", system),
    "messages",
    markTurns(body.messages),
  );
}

function hasBreakpoint({ tools, system, messages }: JsonObject): boolean {
  const isMarked = (item: JsonValue): boolean =>
    isObject(item) && (item.cache_control !== undefined || (isArray(item.content) && item.content.some(isMarked)));
  return [tools, system, messages].some((list) => isArray(list) && list.some(isMarked));
}

function markTurns(messages: JsonValue | undefined): JsonValue | undefined {
  if (!isArray(messages)) return messages;
  const marked = [...messages];
  let left = markedTurns;
  for (let index = messages.length - 1; index >= 0 && left > 0; index -= 1) {
    const message = messages[index];
    const next = messages[index + 1];
    if (!isObject(message) || message.role !== "user" || (isObject(next) && next.role === "user")) continue;
    marked[index] = withMember(message, "content", markLast(message.content, mark) ?? message.content);
    left -= 1;
  }
  return marked;
}

/**
 * The content with a breakpoint on the last item that can hold one, unless that has its own; a text becomes a block for
 * it. Null when nothing can hold one.
 */
export function markLast(content: JsonValue | undefined, breakpoint: JsonObject): JsonValue | null {
  const items: JsonValue | undefined = typeof content === "string" ? [{ type: "text", text: content }] : content;
  if (!isArray(items)) return null;
  const last = items.findLastIndex(canHoldBreakpoint);
  const holder = items[last];
  if (!isObject(holder)) return null;
  return items.with(last, { ...holder, cache_control: holder.cache_control ?? breakpoint });
}

/** The API refuses breakpoints on thinking and where there is no text; what the service itself ran does not go up as it is. */
function canHoldBreakpoint(item: JsonValue): boolean {
  if (!isObject(item)) return false;
  if (item.type === "text") return typeof item.text === "string" && item.text.trim() !== "";
  if (item.type === "tool_result") return item.content !== undefined;
  if (isServerCall(item) || isServerResult(item)) return false;
  return item.type !== "thinking" && item.type !== "redacted_thinking";
}
