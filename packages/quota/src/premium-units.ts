import type { CatalogueModel, Initiator } from "@copilot-llm/model";

/** Premium units of one request: the model's multiplier on a user's turn; an agent that goes on working is not billed. */
export function premiumUnits(model: CatalogueModel, initiator: Initiator): number {
  return initiator === "user" ? (model.billing.multiplier ?? 0) : 0;
}
