import { type ChargeUnit, nanoAiuPerCredit } from "@copilot-llm/model";

/** What is charged in the unit, in the unit in which limits name it: credits are counted in nano-AIU. */
export function limitAmount(unit: ChargeUnit, charged: number): number {
  return unit === "nanoAiu" ? charged / nanoAiuPerCredit : charged;
}

/** The other way round. */
export function chargedAmount(unit: ChargeUnit, limit: number): number {
  return unit === "nanoAiu" ? Math.round(limit * nanoAiuPerCredit) : limit;
}
