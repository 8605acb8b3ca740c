import type {
  CatalogueModel,
  ModelBilling,
  QuotaSnapshot,
  UpstreamFailure,
  UpstreamFailureKind,
} from "@copilot-llm/model";
import { premiumBucket } from "@copilot-llm/model";
import type { LeaseRequest } from "../src/lease.js";

/** A model billed one premium request a turn, unless `billing` says otherwise. */
export function modelOf(
  id: string,
  billing: Partial<ModelBilling> = {},
  changes: Partial<CatalogueModel> = {},
): CatalogueModel {
  return {
    id,
    name: id,
    vendor: "vendor",
    family: id,
    version: id,
    preview: false,
    kind: "chat",
    wires: ["openai-chat"],
    supportedEndpoints: ["/chat/completions"],
    contextWindowTokens: 128_000,
    maxPromptTokens: 128_000,
    maxOutputTokens: 16_000,
    tokenizer: null,
    supports: {
      streaming: true,
      toolCalls: true,
      parallelToolCalls: true,
      vision: false,
      structuredOutputs: true,
      adaptiveThinking: false,
      reasoningEfforts: [],
      minThinkingBudgetTokens: null,
      maxThinkingBudgetTokens: null,
    },
    billing: { isPremium: true, multiplier: 1, tokenPrices: null, ...billing },
    enabled: true,
    raw: {},
    ...changes,
  };
}

export const premiumModel = modelOf("premium");
export const freeModel = modelOf("free", { isPremium: false, multiplier: 0 });

/** A user's plain request for the premium model. */
export function requestOf(changes: Partial<LeaseRequest> = {}): LeaseRequest {
  return {
    modelId: "premium",
    onlyTokenIds: null,
    triedTokenIds: [],
    conversationId: null,
    startsConversation: false,
    initiator: "user",
    signal: new AbortController().signal,
    ...changes,
  };
}

export function failureOf(
  kind: UpstreamFailureKind,
  retryAfterMs: number | null = null,
  code: string | null = null,
): UpstreamFailure {
  return { kind, retryAfterMs, error: { status: 500, code, message: `upstream said ${kind}` } };
}

export function premiumQuotaOf(
  remaining: number,
  seenAtMs: number,
  changes: Partial<QuotaSnapshot> = {},
): QuotaSnapshot {
  return {
    bucket: premiumBucket,
    entitlement: 300,
    remaining,
    unlimited: false,
    overagePermitted: false,
    overageCount: 0,
    hasQuota: remaining > 0,
    resetAtMs: null,
    seenAtMs,
    ...changes,
  };
}
