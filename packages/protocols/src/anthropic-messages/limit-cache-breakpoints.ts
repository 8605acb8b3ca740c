import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isObject } from "../body/json.js";
import { rewriteObjects, withMember, withoutMembers } from "../body/rewrite.js";

const maxBreakpoints = 4;

/**
 * Cache marks as the service takes them: no `scope`, none inside a tool result's content, and at most four, of which the
 * last in the prompt are kept: each covers everything before it.
 */
export function limitCacheBreakpoints(body: JsonObject): JsonObject {
  const cleaned = rewriteMarked(body, (block) => cleanNested(cleanScope(block)));
  let surplus = -maxBreakpoints;
  rewriteMarked(cleaned, (block) => {
    if (block.cache_control !== undefined) surplus += 1;
    return block;
  });
  if (surplus <= 0) return cleaned;
  return rewriteMarked(cleaned, (block) => {
    if (block.cache_control === undefined || surplus <= 0) return block;
    surplus -= 1;
    return withoutMembers(block, ["cache_control"]);
  });
}

/** Visits everything that can hold a mark, in the order of the prompt: tools, system, messages. */
function rewriteMarked(body: JsonObject, rewrite: (block: JsonObject) => JsonObject): JsonObject {
  const rewriteContent = (content: JsonValue | undefined): JsonValue | undefined => rewriteObjects(content, rewrite);
  const tools = rewriteContent(body.tools);
  const system = rewriteContent(body.system);
  const messages = rewriteObjects(body.messages, (message) =>
    withMember(message, "content", rewriteContent(message.content)),
  );
  return withMember(withMember(withMember(body, "tools", tools), "system", system), "messages", messages);
}

function cleanScope(block: JsonObject): JsonObject {
  const cache = block.cache_control;
  return isObject(cache) ? withMember(block, "cache_control", withoutMembers(cache, ["scope"])) : block;
}

function cleanNested(block: JsonObject): JsonObject {
  if (block.type !== "tool_result") return block;
  const content = rewriteObjects(block.content, (inner) => withoutMembers(inner, ["cache_control"]));
  return withMember(block, "content", content);
}
