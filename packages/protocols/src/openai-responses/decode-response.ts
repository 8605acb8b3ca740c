import type { JsonObject } from "@copilot-llm/model";
import { isArray, isObject, stringOrNull } from "../body/json.js";
import { fitInput } from "../canonical/fit-input.js";
import type { AssistantPart } from "../canonical/part.js";
import type { CanonicalResponse } from "../canonical/response.js";
import { unsealReasoning } from "../canonical/seal-reasoning.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import { refuseErrorBody } from "./error.js";
import { mapFinishReason } from "./map-finish-reason.js";
import { mapUsage } from "./map-usage.js";

/** A Responses answer as a canonical one. */
export function decodeResponse(body: JsonObject): CanonicalResponse {
  refuseErrorBody(body);
  const items = isArray(body.output) ? body.output : [];
  const content = items.flatMap((item) => (isObject(item) ? decodeItem(item) : []));
  return {
    metadata: {
      id: stringOrNull(body.id),
      model: stringOrNull(body.model),
      createdAtSeconds: typeof body.created_at === "number" ? body.created_at : null,
    },
    content: content.filter((part) => part.type !== "refusal" || part.text !== ""),
    finish: holdsEmptyRefusal(content)
      ? { unified: "refusal", raw: stringOrNull(body.status), stopSequence: null }
      : mapFinishReason(
          body,
          content.some((part) => part.type === "tool-call"),
        ),
    usage: { tokens: isObject(body.usage) ? mapUsage(body.usage) : null, nanoAiu: mapNanoAiu(body) },
  };
}

/** The model declined without a word. */
function holdsEmptyRefusal(content: readonly AssistantPart[]): boolean {
  return content.some((part) => part.type === "refusal" && part.text === "");
}

function decodeItem(item: JsonObject): AssistantPart[] {
  switch (item.type) {
    case "message":
      return isArray(item.content) ? item.content.flatMap((part) => (isObject(part) ? decodePart(part) : [])) : [];
    case "reasoning":
      return [{ type: "reasoning", text: decodeReasoningText(item), opaque: decodeOpaque(item) }];
    case "function_call":
    case "custom_tool_call": {
      const kind = item.type === "custom_tool_call" ? "custom" : "function";
      return [
        {
          type: "tool-call",
          callId: stringOrNull(item.call_id) ?? "",
          kind,
          name: stringOrNull(item.name) ?? "",
          namespace: stringOrNull(item.namespace),
          input: fitInput(kind, stringOrNull(kind === "custom" ? item.input : item.arguments)),
          cache: null,
        },
      ];
    }
    default:
      return [{ type: "wire", wire: "openai-responses", item }];
  }
}

function decodePart(part: JsonObject): AssistantPart[] {
  if (part.type === "refusal") return [{ type: "refusal", text: stringOrNull(part.refusal) ?? "" }];
  const text = stringOrNull(part.text) ?? "";
  return text === "" ? [] : [{ type: "text", text, cache: null }];
}

/** The thought as far as the service shows it: the summary's parts, else the content's. */
export function decodeReasoningText(item: JsonObject): string {
  const summary = isArray(item.summary) ? item.summary : [];
  const shown = summary.length > 0 ? summary : isArray(item.content) ? item.content : [];
  return shown.map((part) => (isObject(part) ? (stringOrNull(part.text) ?? "") : "")).join("\n\n");
}

export function decodeOpaque(item: JsonObject) {
  return unsealReasoning(stringOrNull(item.encrypted_content) ?? "", "openai-responses");
}
