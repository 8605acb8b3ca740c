import { GatewayError, type JsonObject } from "@copilot-llm/model";
import { isDeeperThan, mostLevels } from "../body/depth.js";
import { readJson, writeJson } from "../body/exact-json.js";
import { isObject } from "../body/json.js";
import { cutAtStop } from "../canonical/cut-at-stop.js";
import { restoreParts } from "../canonical/restore-calls.js";
import { tellRefusal } from "../canonical/tell-refusal.js";
import { type AnswerIds, createAnswerContext } from "./answer-context.js";
import type { AnswerPlan } from "./answer-plan.js";

/** A whole answer in the client's protocol. Throws `upstream_error` for a body that is no answer. */
export function translateResponse(plan: AnswerPlan, bytes: Uint8Array, ids: AnswerIds): Uint8Array {
  const response = plan.upstream.decodeResponse(parseAnswer(bytes));
  const shown = response.content.filter((part) => plan.showsReasoning || part.type !== "reasoning");
  const restored = { ...response, content: restoreParts(shown, plan.toolNames) };
  const cut = plan.stopSequences.length > 0 ? cutAtStop(restored, plan.stopSequences) : restored;
  const told = plan.client.needsRefusalWords ? tellRefusal(cut) : cut;
  const body = plan.client.encodeResponse(told, createAnswerContext(plan, ids));
  return Buffer.from(writeJson(body));
}

function parseAnswer(bytes: Uint8Array): JsonObject {
  try {
    const value = readJson(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString());
    if (isObject(value) && !isDeeperThan(value, mostLevels)) return value;
  } catch (cause) {
    throw new GatewayError("upstream_error", "The upstream's answer is not JSON.", { cause });
  }
  throw new GatewayError("upstream_error", "The upstream's answer is not a JSON object.");
}
