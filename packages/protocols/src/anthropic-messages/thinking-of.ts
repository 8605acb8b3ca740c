import type { JsonObject } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";
import { withoutMembers } from "../body/rewrite.js";

/** `thinking`, where it is switched on. */
export function thinkingOf({ thinking }: JsonObject): JsonObject | null {
  return isObject(thinking) && (thinking.type === "enabled" || thinking.type === "adaptive") ? thinking : null;
}

/** The body without thinking, and without the edits of the context that need it. */
export function withoutThinking(body: JsonObject): JsonObject {
  const rest = withoutMembers(body, ["thinking"]);
  const management = rest.context_management;
  if (!isObject(management) || !isArray(management.edits)) return rest;
  const edits = management.edits.filter((edit) => !isObject(edit) || !String(edit.type).startsWith("clear_thinking"));
  if (edits.length === management.edits.length) return rest;
  return edits.length === 0
    ? withoutMembers(rest, ["context_management"])
    : { ...rest, context_management: { ...management, edits } };
}
