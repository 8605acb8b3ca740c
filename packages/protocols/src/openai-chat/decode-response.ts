import { GatewayError, type JsonObject } from "@copilot-llm/model";
import { isArray, isObject, objectOrNull, stringOrNull } from "../body/json.js";
import { mergeFinish } from "../canonical/finish-significance.js";
import { fitInput } from "../canonical/fit-input.js";
import type { AssistantPart, ToolKind } from "../canonical/part.js";
import type { CanonicalResponse, FinishReason } from "../canonical/response.js";
import { unsealReasoning } from "../canonical/seal-reasoning.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import { endedInError, refuseErrorBody } from "./error.js";
import { mapFinishReason } from "./map-finish-reason.js";
import { mapUsage } from "./map-usage.js";
import { reasoningTextFields } from "./wire.js";

/**
 * A Chat answer as a canonical one. Several choices are parts of one, in order (docs/copilot-service.md#split-choices).
 */
export function decodeResponse(body: JsonObject): CanonicalResponse {
  refuseErrorBody(body);
  const content: AssistantPart[] = [];
  let finish: FinishReason | null = null;
  for (const choice of isArray(body.choices) ? body.choices : []) {
    if (!isObject(choice)) continue;
    content.push(...decodeAnswer(objectOrNull(choice.message) ?? {}));
    if (choice.finish_reason === "error") {
      throw new GatewayError("upstream_error", endedInError.message, { upstream: endedInError });
    }
    if (typeof choice.finish_reason === "string") finish = mergeFinish(finish, mapFinishReason(choice.finish_reason));
  }
  return {
    metadata: {
      id: stringOrNull(body.id),
      model: stringOrNull(body.model),
      createdAtSeconds: typeof body.created === "number" ? body.created : null,
    },
    content,
    finish: finish ?? { unified: "other", raw: null, stopSequence: null },
    usage: { tokens: isObject(body.usage) ? mapUsage(body.usage) : null, nanoAiu: mapNanoAiu(body) },
  };
}

function decodeAnswer(message: JsonObject): AssistantPart[] {
  const parts: AssistantPart[] = [];
  const field = reasoningTextFields.find((name) => typeof message[name] === "string" && message[name] !== "");
  const thought = field === undefined ? "" : String(message[field]);
  const sealed = stringOrNull(message.reasoning_opaque) ?? "";
  if (thought !== "" || sealed !== "") {
    parts.push({ type: "reasoning", text: thought, opaque: unsealReasoning(sealed, "openai-chat") });
  }
  const text = stringOrNull(message.content) ?? "";
  if (text !== "") parts.push({ type: "text", text, cache: null });
  const refusal = stringOrNull(message.refusal) ?? "";
  if (refusal !== "") parts.push({ type: "refusal", text: refusal });
  for (const call of isArray(message.tool_calls) ? message.tool_calls : []) {
    if (isObject(call)) parts.push(...decodeCall(call));
  }
  return parts;
}

function decodeCall(call: JsonObject): AssistantPart[] {
  const isCustom = call.type === "custom";
  const kind: ToolKind = isCustom ? "custom" : "function";
  const called = objectOrNull(isCustom ? call.custom : call.function);
  const name = stringOrNull(called?.name);
  if (called === null || name === null) return [];
  return [
    {
      type: "tool-call",
      callId: stringOrNull(call.id) ?? "",
      kind,
      name,
      namespace: null,
      input: fitInput(kind, stringOrNull(isCustom ? called.input : called.arguments)),
      cache: null,
    },
  ];
}
