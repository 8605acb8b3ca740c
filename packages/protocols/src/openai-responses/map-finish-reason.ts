import type { JsonObject } from "@copilot-llm/model";
import { objectOrNull, stringOrNull } from "../body/json.js";
import type { FinishReason, UnifiedFinishReason } from "../canonical/response.js";

const incompleteReasons: Readonly<Record<string, UnifiedFinishReason>> = {
  max_output_tokens: "length",
  content_filter: "content-filter",
};

/** A response's `status` and `incomplete_details` as a canonical reason. */
export function mapFinishReason(response: JsonObject, hasToolCalls: boolean): FinishReason {
  const status = stringOrNull(response.status);
  if (status === "incomplete") {
    const raw = stringOrNull(objectOrNull(response.incomplete_details)?.reason);
    return { unified: incompleteReasons[raw ?? ""] ?? "other", raw, stopSequence: null };
  }
  return { unified: hasToolCalls ? "tool-calls" : "stop", raw: status, stopSequence: null };
}

/** The reverse: the status, with why it is incomplete. */
export function mapToFinishReason(finish: FinishReason): JsonObject {
  const reason =
    finish.unified === "length" ? "max_output_tokens" : finish.unified === "content-filter" ? "content_filter" : null;
  return reason === null
    ? { status: "completed", incomplete_details: null }
    : { status: "incomplete", incomplete_details: { reason } };
}
