import type { JsonObject } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";
import { rewriteObjects, withMember } from "../body/rewrite.js";
import { fitCallId } from "../canonical/fit-call-id.js";

/**
 * The body with an id of its own for every call, in the letters that the service takes; results follow their calls.
 * Some clients count their calls anew in every turn. The same object when all ids are fine.
 */
export function makeCallIdsUnique(body: JsonObject): JsonObject {
  if (!needsNewIds(body)) return body;
  const taken = new Set<string>();
  /** By the old id: the new ids of its calls that wait for a result, oldest first. */
  const open = new Map<string, string[]>();
  const latest = new Map<string, string>();

  const nameCall = (id: string): string => {
    const wanted = fitCallId(id);
    let unique = wanted;
    for (let count = 2; taken.has(unique); count += 1) unique = `${wanted}_${count}`;
    taken.add(unique);
    open.set(id, [...(open.get(id) ?? []), unique]);
    latest.set(id, unique);
    return unique;
  };
  const nameResult = (id: string): string => open.get(id)?.shift() ?? latest.get(id) ?? fitCallId(id);
  const messages = rewriteObjects(body.messages, (message) => {
    const content = rewriteObjects(message.content, (block) => {
      if (block.type === "tool_use" && typeof block.id === "string") return withMember(block, "id", nameCall(block.id));
      if (block.type !== "tool_result" || typeof block.tool_use_id !== "string") return block;
      return withMember(block, "tool_use_id", nameResult(block.tool_use_id));
    });
    return withMember(message, "content", content);
  });
  return withMember(body, "messages", messages);
}

function needsNewIds({ messages }: JsonObject): boolean {
  const seen = new Set<string>();
  for (const message of isArray(messages) ? messages : []) {
    if (!isObject(message) || !isArray(message.content)) continue;
    for (const block of message.content) {
      if (!isObject(block)) continue;
      if (block.type === "tool_result" && typeof block.tool_use_id === "string" && !isFit(block.tool_use_id))
        return true;
      if (block.type !== "tool_use" || typeof block.id !== "string") continue;
      if (seen.has(block.id) || !isFit(block.id)) return true;
      seen.add(block.id);
    }
  }
  return false;
}

function isFit(id: string): boolean {
  return /^[A-Za-z0-9_-]+$/.test(id);
}
