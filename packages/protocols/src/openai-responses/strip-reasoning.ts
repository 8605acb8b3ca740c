import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray } from "../body/json.js";
import { rewriteObjects, withMember, withoutMembers } from "../body/rewrite.js";

/**
 * The body without the reasoning of earlier turns, sealed parts of outputs and agents' messages, and the account's item
 * ids; null when it holds none of them.
 */
export function stripReasoning(body: JsonObject): JsonObject | null {
  const input = rewriteObjects(body.input, (item) => {
    if (item.type === "reasoning") return null;
    const open = withoutSealedParts(withoutMembers(item, ["id"]));
    return open.type === "agent_message" && isArray(open.content) && open.content.length === 0 ? null : open;
  });
  return input === body.input ? null : { ...body, input };
}

function withoutSealedParts(item: JsonObject): JsonObject {
  const content = openParts(item.content);
  const output = openParts(item.output);
  const isEmptied = output !== item.output && isArray(output) && output.length === 0;
  return withMember(withMember(item, "content", content), "output", isEmptied ? "" : output);
}

function openParts(parts: JsonValue | undefined): JsonValue | undefined {
  return rewriteObjects(parts, (part) => (part.type === "encrypted_content" ? null : part));
}
