import type { JsonObject } from "@copilot-llm/model";
import { fillCallIds } from "../canonical/fill-call-ids.js";
import type { AssistantPart } from "../canonical/part.js";
import type { CanonicalResponse } from "../canonical/response.js";
import { sealReasoning } from "../canonical/seal-reasoning.js";
import type { AnswerContext } from "../codec/wire-codec.js";
import { encodeToolCall } from "./encode-messages.js";
import { mapToFinishReason } from "./map-finish-reason.js";
import { mapToUsage } from "./map-usage.js";
import { sealShape, shapeOf } from "./turn-shape.js";

/** A canonical answer as a Chat completion with one choice. */
export function encodeResponse(response: CanonicalResponse, context: AnswerContext): JsonObject {
  const content = fillCallIds(response.content, context);
  const joined = (type: "text" | "refusal" | "reasoning"): string | null => {
    const texts = content.flatMap((part) => (part.type === type ? [part.text] : []));
    return texts.length === 0 ? null : texts.join("");
  };
  const calls = content.filter((part) => part.type === "tool-call");
  const sealed = encodeSeal(content);
  const thought = joined("reasoning");
  const message: JsonObject = {
    role: "assistant",
    content: joined("text"),
    refusal: joined("refusal"),
    ...(thought === null || thought === "" ? {} : { reasoning_text: thought }),
    ...(sealed === null ? {} : { reasoning_opaque: sealed }),
    ...(calls.length === 0 ? {} : { tool_calls: calls.map(encodeToolCall) }),
  };
  const finishReason = mapToFinishReason(response.finish, calls.length > 0);
  const { tokens } = response.usage;
  return {
    id: context.createId("chatcmpl-"),
    object: "chat.completion",
    created: response.metadata.createdAtSeconds ?? context.nowSeconds,
    model: response.metadata.model ?? context.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
    ...(tokens === null ? {} : { usage: mapToUsage(tokens) }),
  };
}

/** The message has room for one seal: several, or one that is not the first thing, are sealed together with their places. */
function encodeSeal(content: readonly AssistantPart[]): string | null {
  const together = sealShape(shapeOf(content));
  if (together !== null) return together;
  const only = content.findLast((part) => part.type === "reasoning" && part.opaque !== null);
  return only?.type === "reasoning" ? sealReasoning(only.opaque, "openai-chat") : null;
}
