import type {
  CatalogueModel,
  ModelBilling,
  QuotaSnapshot,
  UpstreamFailure,
  UpstreamFailureKind,
} from "@copilot-llm/model";
import { premiumBucket } from "@copilot-llm/model";
import { sampleModel } from "@copilot-llm/model/testing";
import type { LeaseRequest } from "../src/lease.js";

/** A model billed one premium request a turn, unless `billing` says otherwise. */
export function modelOf(
  id: string,
  billing: Partial<ModelBilling> = {},
  changes: Partial<CatalogueModel> = {},
): CatalogueModel {
  return sampleModel({ id, billing: { ...sampleModel().billing, ...billing }, ...changes });
}

export const premiumModel = modelOf("premium");
export const freeModel = modelOf("free", { isPremium: false, multiplier: 0 });

/** A user's plain request for the premium model. */
export function requestOf(changes: Partial<LeaseRequest> = {}): LeaseRequest {
  return {
    modelId: "premium",
    onlyTokenIds: null,
    preferredTokenId: null,
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
