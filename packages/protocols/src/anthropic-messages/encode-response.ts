import type { JsonObject } from "@copilot-llm/model";
import { readObjectOrNull } from "../body/exact-json.js";
import { fillCallIds } from "../canonical/fill-call-ids.js";
import { fitCallId } from "../canonical/fit-call-id.js";
import type { AssistantPart } from "../canonical/part.js";
import type { CanonicalResponse } from "../canonical/response.js";
import { sealReasoning } from "../canonical/seal-reasoning.js";
import type { AnswerContext } from "../codec/wire-codec.js";
import { mapToFinishReason } from "./map-finish-reason.js";
import { mapToUsage } from "./map-usage.js";

const noTokens = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };

/** A canonical answer as a Messages one. */
export function encodeResponse(response: CanonicalResponse, context: AnswerContext): JsonObject {
  const parts = fillCallIds(response.content, context);
  const hasToolCalls = parts.some((part) => part.type === "tool-call");
  return {
    id: context.createId("msg_"),
    type: "message",
    role: "assistant",
    model: response.metadata.model ?? context.model,
    content: parts.flatMap(encodeBlock),
    stop_reason: mapToFinishReason(response.finish, hasToolCalls),
    stop_sequence: response.finish.stopSequence,
    usage: mapToUsage(response.usage.tokens ?? { ...noTokens, inputTokens: context.estimatedInputTokens }),
  };
}

function encodeBlock(part: AssistantPart): JsonObject[] {
  switch (part.type) {
    case "text":
    case "refusal":
      return part.text === "" ? [] : [{ type: "text", text: part.text }];
    case "reasoning": {
      const sealed = sealReasoning(part.opaque, "anthropic-messages");
      // A thinking block without text makes clients drop the turn; redacted blocks have none by design.
      if (part.text === "") return part.opaque === null ? [] : [{ type: "redacted_thinking", data: sealed }];
      return [{ type: "thinking", thinking: part.text, signature: sealed }];
    }
    case "tool-call": {
      const input = readObjectOrNull(part.input) ?? { input: part.input };
      return [{ type: "tool_use", id: fitCallId(part.callId), name: part.name, input }];
    }
    case "wire":
      return part.wire === "anthropic-messages" ? [part.item] : [];
  }
}
