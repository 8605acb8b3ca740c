import type { JsonObject } from "@copilot-llm/model";
import { rewriteObjects, withoutMembers } from "../body/rewrite.js";

const reasoningFields = ["reasoning_text", "reasoning_opaque", "reasoning_content"];

/** The body without the reasoning of earlier turns; null when it holds none. */
export function stripReasoning(body: JsonObject): JsonObject | null {
  const messages = rewriteObjects(body.messages, (message) => withoutMembers(message, reasoningFields));
  return messages === body.messages ? null : { ...body, messages };
}
