import { estimateTokens, type JsonObject } from "@copilot-llm/model";
import { readObjectOrNull } from "../body/exact-json.js";
import { fillCallIds } from "../canonical/fill-call-ids.js";
import { fitCallId } from "../canonical/fit-call-id.js";
import type { AssistantPart } from "../canonical/part.js";
import type { CanonicalResponse, UnifiedFinishReason } from "../canonical/response.js";
import type { AnswerContext } from "../codec/wire-codec.js";
import { encodeThought, omitsThoughts } from "./encode-thought.js";
import { mapToFinishReason } from "./map-finish-reason.js";
import { mapToUsage } from "./map-usage.js";

const noTokens = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
/** Endings that may come in the middle of a call. */
const cuts: ReadonlySet<UnifiedFinishReason> = new Set(["length", "content-filter", "refusal"]);

/** A canonical answer as a Messages one. */
export function encodeResponse(response: CanonicalResponse, context: AnswerContext): JsonObject {
  const isCut = cuts.has(response.finish.unified);
  const parts = fillCallIds(response.content, context).filter((part) => !isCut || isWhole(part));
  const hasToolCalls = parts.some((part) => part.type === "tool-call");
  const isOmitted = omitsThoughts(context);
  return {
    id: context.createId("msg_"),
    type: "message",
    role: "assistant",
    model: response.metadata.model ?? context.model,
    content: parts.flatMap((part) => encodeBlock(part, isOmitted)),
    stop_reason: mapToFinishReason(response.finish, hasToolCalls),
    stop_sequence: response.finish.stopSequence,
    usage: mapToUsage(response.usage.tokens ?? estimateUsage(response.content, context)),
  };
}

/** Nobody must run a call that the answer's end has cut, least of all with an input that the model did not write. */
function isWhole(part: AssistantPart): boolean {
  return part.type !== "tool-call" || readObjectOrNull(part.input) !== null;
}

/** The protocol wants counts also of an answer that tells none. */
function estimateUsage(parts: readonly AssistantPart[], context: AnswerContext) {
  const texts = parts.map((part) => ("text" in part ? part.text : "input" in part ? part.input : ""));
  const outputTokens = estimateTokens(Buffer.byteLength(texts.join("")));
  return { ...noTokens, inputTokens: context.estimatedInputTokens, outputTokens };
}

function encodeBlock(part: AssistantPart, isOmitted: boolean): JsonObject[] {
  switch (part.type) {
    case "text":
    case "refusal":
      return part.text === "" ? [] : [{ type: "text", text: part.text }];
    case "reasoning": {
      const thought = encodeThought(part, isOmitted);
      return thought === null ? [] : [thought];
    }
    case "tool-call": {
      const input = readObjectOrNull(part.input) ?? { input: part.input };
      return [{ type: "tool_use", id: fitCallId(part.callId), name: part.name, input }];
    }
    case "wire":
      return part.wire === "anthropic-messages" ? [part.item] : [];
  }
}
