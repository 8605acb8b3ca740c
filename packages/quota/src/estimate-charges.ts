import { type CatalogueModel, type Charges, estimateTokens, type Initiator } from "@copilot-llm/model";
import { premiumUnits } from "./premium-units.js";
import { priceTokens } from "./price-tokens.js";

/** For a client that names no maximum: few answers are longer. */
const usualOutputTokens = 4_096;

const leastCharges: Charges = { requests: 1, premiumUnits: 0, nanoAiu: 0, tokens: 0 };

export interface ChargesEstimate {
  /** The model, once for each way in which it may come to be billed: accounts of one pool need not be billed alike. */
  readonly models: readonly CatalogueModel[];
  readonly initiator: Initiator;
  /** Size of the whole request body. */
  readonly promptBytes: number;
  /** What the client allows; null when it does not say. */
  readonly maxOutputTokens: number | null;
}

/**
 * What to reserve for a request before it is sent: of each unit the most that any way of billing takes. Requests are
 * exact, and premium units where the model is billed in one way; tokens and credits are a guess.
 */
export function estimateCharges(request: ChargesEstimate): Charges {
  let most = leastCharges;
  for (const model of request.models) {
    const charges = estimateFor(model, request);
    most = {
      requests: 1,
      premiumUnits: Math.max(most.premiumUnits, charges.premiumUnits),
      nanoAiu: Math.max(most.nanoAiu, charges.nanoAiu),
      tokens: Math.max(most.tokens, charges.tokens),
    };
  }
  return most;
}

function estimateFor(model: CatalogueModel, request: ChargesEstimate): Charges {
  const inputTokens = Math.min(estimateTokens(request.promptBytes), maxPromptTokens(model));
  const outputTokens = model.kind === "embeddings" ? 0 : expectedOutputTokens(model, request.maxOutputTokens);
  const tokens = { inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
  return {
    requests: 1,
    premiumUnits: premiumUnits(model, request.initiator),
    nanoAiu: priceTokens(model, tokens),
    tokens: inputTokens + outputTokens,
  };
}

function maxPromptTokens(model: CatalogueModel): number {
  return model.maxPromptTokens ?? model.contextWindowTokens ?? Number.POSITIVE_INFINITY;
}

function expectedOutputTokens(model: CatalogueModel, asked: number | null): number {
  return Math.min(asked ?? usualOutputTokens, model.maxOutputTokens ?? Number.POSITIVE_INFINITY);
}
