import type { CatalogueModel, JsonObject, Wire } from "@copilot-llm/model";
import type { AnswerPlan } from "../exchange/answer-plan.js";
import { wireOf } from "../exchange/protocols.js";
import { planTranslation } from "../exchange/translate.js";
import { createRuleContext } from "../service-rules/service-rule.js";

export interface Translated {
  readonly body: Uint8Array;
  readonly applied: readonly string[];
  readonly warnings: readonly string[];
  readonly plan: AnswerPlan;
}

/** A request for a model under the id that the upstream knows it by, between two wires by their names. */
export function translateRequest(
  protocol: Wire,
  wire: Wire,
  body: JsonObject,
  { modelId, model }: { readonly modelId: string; readonly model: CatalogueModel },
): Translated {
  const context = createRuleContext({ ...model, id: modelId });
  const { sent, plan } = planTranslation(wireOf(protocol), wireOf(wire), body, context);
  return { body: sent.bytes, applied: sent.applied, warnings: sent.warnings, plan };
}
