import { writeJson } from "../body/exact-json.js";
import { cutAtStop } from "../canonical/cut-at-stop.js";
import { restoreParts } from "../canonical/restore-calls.js";
import { tellRefusal } from "../canonical/tell-refusal.js";
import { type AnswerIds, createAnswerContext } from "./answer-context.js";
import type { AnswerPlan } from "./answer-plan.js";
import type { ReadAnswer } from "./exchange.js";
import { parseAnswer, readReportedUsage, refuseNoAnswer } from "./parse-answer.js";

/** A whole answer in the client's protocol. Throws `upstream_error` for a body that is no answer. */
export function translateResponse(plan: AnswerPlan, bytes: Uint8Array, ids: AnswerIds): ReadAnswer {
  const answer = parseAnswer(bytes);
  refuseNoAnswer(answer, plan.upstream.answerField);
  const response = plan.upstream.decodeResponse(answer);
  const shown = response.content.filter((part) => plan.showsReasoning || part.type !== "reasoning");
  const restored = { ...response, content: restoreParts(shown, plan.toolNames) };
  const cut = plan.stopSequences.length > 0 ? cutAtStop(restored, plan.stopSequences) : restored;
  const told = plan.client.needsRefusalWords ? tellRefusal(cut) : cut;
  const body = plan.client.encodeResponse(told, createAnswerContext(plan, ids));
  return { body: Buffer.from(writeJson(body)), usage: readReportedUsage(plan.upstream, answer) };
}
