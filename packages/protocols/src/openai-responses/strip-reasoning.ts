import type { JsonObject } from "@copilot-llm/model";
import { rewriteObjects, withoutMembers } from "../body/rewrite.js";

/** The body without the reasoning of earlier turns and the account's item ids; null when it holds neither. */
export function stripReasoning(body: JsonObject): JsonObject | null {
  const input = rewriteObjects(body.input, (item) => (item.type === "reasoning" ? null : withoutMembers(item, ["id"])));
  return input === body.input ? null : { ...body, input };
}
