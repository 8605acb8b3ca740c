import type { JsonObject } from "@copilot-llm/model";
import { writeJson } from "../body/exact-json.js";
import { isArray, isObject, stringOrNull } from "../body/json.js";
import type { AssistantPart } from "../canonical/part.js";
import type { CanonicalResponse } from "../canonical/response.js";
import { unsealReasoning } from "../canonical/seal-reasoning.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import { refuseErrorBody } from "./error.js";
import { mapFinishReason } from "./map-finish-reason.js";
import { mapUsage } from "./map-usage.js";

/** A Messages answer as a canonical one. */
export function decodeResponse(body: JsonObject): CanonicalResponse {
  refuseErrorBody(body);
  const blocks = isArray(body.content) ? body.content : [];
  const reason = stringOrNull(body.stop_reason);
  return {
    metadata: { id: stringOrNull(body.id), model: stringOrNull(body.model), createdAtSeconds: null },
    content: blocks.flatMap((block) => (isObject(block) ? decodeBlock(block) : [])),
    finish:
      reason === null
        ? { unified: "other", raw: null, stopSequence: null }
        : mapFinishReason(reason, stringOrNull(body.stop_sequence)),
    usage: { tokens: isObject(body.usage) ? mapUsage(body.usage) : null, nanoAiu: mapNanoAiu(body) },
  };
}

function decodeBlock(block: JsonObject): AssistantPart[] {
  switch (block.type) {
    case "text": {
      const text = stringOrNull(block.text) ?? "";
      return text === "" ? [] : [{ type: "text", text, cache: null }];
    }
    case "thinking": {
      const opaque = unsealReasoning(stringOrNull(block.signature) ?? "", "anthropic-messages");
      return [{ type: "reasoning", text: stringOrNull(block.thinking) ?? "", opaque }];
    }
    case "redacted_thinking": {
      const opaque = unsealReasoning(stringOrNull(block.data) ?? "", "anthropic-messages", true);
      return [{ type: "reasoning", text: "", opaque }];
    }
    case "tool_use": {
      const callId = stringOrNull(block.id) ?? "";
      const name = stringOrNull(block.name) ?? "";
      const input = writeJson(block.input ?? {});
      return [{ type: "tool-call", callId, kind: "function", name, namespace: null, input, cache: null }];
    }
    default:
      return [{ type: "wire", wire: "anthropic-messages", item: block }];
  }
}
