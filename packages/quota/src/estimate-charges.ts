import type { CatalogueModel, Charges, Initiator } from "@copilot-llm/model";
import { premiumUnits } from "./premium-units.js";
import { priceTokens } from "./price-tokens.js";

/** Of JSON with text in it; images in base64 count far too much, which the model's own limit bounds. */
const bytesPerToken = 4;
/** For a client that names no maximum: few answers are longer. */
const usualOutputTokens = 4_096;

export interface ChargesEstimate {
  readonly model: CatalogueModel;
  readonly initiator: Initiator;
  /** Size of the whole request body. */
  readonly promptBytes: number;
  /** What the client allows; null when it does not say. */
  readonly maxOutputTokens: number | null;
}

/** What to reserve for a request before it is sent. Requests and premium units are exact, tokens and credits a guess. */
export function estimateCharges(request: ChargesEstimate): Charges {
  const { model, initiator } = request;
  const inputTokens = Math.min(Math.ceil(request.promptBytes / bytesPerToken), maxPromptTokens(model));
  const outputTokens = model.kind === "embeddings" ? 0 : expectedOutputTokens(model, request.maxOutputTokens);
  const tokens = { inputTokens, outputTokens, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0 };
  return {
    requests: 1,
    premiumUnits: premiumUnits(model, initiator),
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
