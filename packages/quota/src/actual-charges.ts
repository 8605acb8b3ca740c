import type { CatalogueModel, Charges, Initiator, ReportedUsage, RequestOutcome } from "@copilot-llm/model";
import { estimateCharges } from "./estimate-charges.js";
import { premiumUnits } from "./premium-units.js";
import { priceTokens } from "./price-tokens.js";

export interface AnsweredRequest {
  readonly model: CatalogueModel;
  readonly initiator: Initiator;
  /** What was seen of the upstream's own count; null when nothing was. */
  readonly usage: ReportedUsage | null;
  readonly outcome: RequestOutcome;
  /** Size of the request body: lets an aborted answer whose count was never seen be charged for its prompt. */
  readonly promptBytes?: number;
}

const nothing: Charges = { requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 };

/**
 * What a request cost that the upstream had begun to answer.
 * - Credits are the upstream's `copilot_usage`, else the tokens it counted at the model's prices.
 * - A failed answer costs nothing, unless the upstream said what it charges for it.
 * - An aborted one costs what the upstream had counted until then; where that was not seen, its prompt's estimate.
 */
export function actualCharges(request: AnsweredRequest): Charges {
  const { model, initiator, usage, outcome } = request;
  const reportedNanoAiu = usage?.nanoAiu ?? null;
  if (outcome === "failed" && reportedNanoAiu === null) return nothing;
  const tokens = usage?.tokens ?? null;
  if (outcome === "aborted" && tokens === null && reportedNanoAiu === null) {
    return estimateCharges({ models: [model], initiator, promptBytes: request.promptBytes ?? 0, maxOutputTokens: 0 });
  }
  return {
    requests: 1,
    premiumUnits: premiumUnits(model, initiator),
    nanoAiu: reportedNanoAiu ?? (tokens === null ? 0 : priceTokens(model, tokens)),
    tokens: tokens === null ? 0 : tokens.inputTokens + tokens.outputTokens,
  };
}
