import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";
import { withMember } from "../body/rewrite.js";

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
  const tools = markLast(body.tools);
  const system = markLast(body.system);
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
    marked[index] = withMember(message, "content", markLast(message.content));
    left -= 1;
  }
  return marked;
}

/** Marks the last item that can hold a breakpoint; a text becomes a block for it. */
function markLast(content: JsonValue | undefined): JsonValue | undefined {
  if (typeof content === "string") {
    const block = { type: "text", text: content };
    return canHoldBreakpoint(block) ? [{ ...block, cache_control: mark }] : content;
  }
  if (!isArray(content)) return content;
  const last = content.findLastIndex(canHoldBreakpoint);
  return last === -1 ? content : content.with(last, { ...(content[last] as JsonObject), cache_control: mark });
}

/** The API refuses breakpoints on thinking and where there is no text. */
function canHoldBreakpoint(item: JsonValue): boolean {
  if (!isObject(item)) return false;
  if (item.type === "text") return typeof item.text === "string" && item.text.trim() !== "";
  if (item.type === "tool_result") return item.content !== undefined;
  return item.type !== "thinking" && item.type !== "redacted_thinking";
}
