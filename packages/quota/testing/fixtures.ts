import {
  type ApiKey,
  type CatalogueModel,
  defaultSettings,
  type KeyLimits,
  type ModelBilling,
  type TokenPrices,
  type TokenUsage,
} from "@copilot-llm/model";
import { sampleModel } from "@copilot-llm/model/testing";

export function keyOf(changes: Partial<ApiKey> = {}, limits: Partial<KeyLimits> = {}): ApiKey {
  return {
    id: "key-1",
    alias: "team",
    keyHash: "",
    keyPreview: "clp_abcdefgh",
    enabled: true,
    createdAtMs: 0,
    createdBy: null,
    note: "",
    expiresAtMs: null,
    allowedModels: null,
    githubTokenIds: null,
    limits: { ...defaultSettings.keyDefaults.limits, ...limits },
    recording: null,
    teamId: null,
    seat: null,
    replaced: null,
    ...changes,
  };
}

/** The prices of the service's own example of `copilot_usage`, with a second tier above 200,000 input tokens. */
export const prices: TokenPrices = {
  inputNanoAiu: 300_000,
  outputNanoAiu: 1_500_000,
  cacheReadNanoAiu: 30_000,
  cacheWriteNanoAiu: 375_000,
  longContext: {
    aboveInputTokens: 200_000,
    inputNanoAiu: 600_000,
    outputNanoAiu: 2_250_000,
    cacheReadNanoAiu: 60_000,
    cacheWriteNanoAiu: 750_000,
  },
};

/** A model billed by premium requests, unless `billing` says otherwise. */
export function modelOf(billing: Partial<ModelBilling> = {}, changes: Partial<CatalogueModel> = {}): CatalogueModel {
  return sampleModel({ billing: { ...sampleModel().billing, ...billing }, ...changes });
}

export const pricedModel = modelOf({ isPremium: false, multiplier: null, tokenPrices: prices });

export function usageOf(changes: Partial<TokenUsage> = {}): TokenUsage {
  return { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0, ...changes };
}
