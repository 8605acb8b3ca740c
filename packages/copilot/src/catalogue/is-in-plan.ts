import type { JsonObject } from "@copilot-llm/model";
import { objectOrEmpty, stringsOf } from "../json.js";

/** What a plan is called in `billing.restricted_to`, by what it is called at sign-in (docs/copilot-service.md#restricted-models). */
const namesByPlan: ReadonlyMap<string, readonly string[]> = new Map([
  ["free", ["free"]],
  ["individual", ["pro", "individual_trial"]],
  ["individual_pro", ["pro_plus"]],
  ["individual_max", ["max"]],
  ["business", ["business"]],
  ["enterprise", ["enterprise"]],
]);

/** Whether a model of the catalogue is for accounts of this plan. Of a plan that is not known nothing is said. */
export function isInPlan(item: JsonObject, plan: string | null): boolean {
  const names = plan === null ? undefined : namesByPlan.get(plan);
  const allowed = stringsOf(objectOrEmpty(item.billing).restricted_to);
  return names === undefined || allowed.length === 0 || names.some((name) => allowed.includes(name));
}
