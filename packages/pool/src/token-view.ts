import type { CatalogueModel, QuotaSnapshot, QuotaUnit, TokenState, UpstreamFailureKind } from "@copilot-llm/model";
import type { PooledToken } from "./pooled-token.js";

/** A token as an admin sees it. */
export interface TokenView {
  readonly id: string;
  readonly state: TokenState;
  /** The failure that the state comes from; null where none brought it about, or another process told of it. */
  readonly cause: UpstreamFailureKind | null;
  readonly inFlight: number;
  /** Who pays: `EntityView.id`. */
  readonly entityId: string;
  /** What the account's premium bucket counts; null while nothing says so. */
  readonly unit: QuotaUnit | null;
  /** The models its account has switched on. */
  readonly modelIds: readonly string[];
  /** The models that its account has, but switched off. */
  readonly disabledModelIds: readonly string[];
  /** Models that rest on this token alone. */
  readonly restingModels: readonly { readonly modelId: string; readonly untilMs: number; readonly reason: string }[];
  readonly quotas: readonly QuotaSnapshot[];
}

export function viewOf(token: PooledToken, nowMs: number): TokenView {
  const rests = Array.from(token.rests.ofModels(nowMs), ([modelId, { untilMs, reason }]) => ({
    modelId,
    untilMs,
    reason,
  }));
  return {
    id: token.id,
    state: token.state(nowMs),
    cause: token.cause(nowMs),
    inFlight: token.inFlight,
    entityId: token.entity.id,
    unit: quotaUnitOf(token.catalogue.values()),
    modelIds: modelIds(token, true),
    disabledModelIds: modelIds(token, false),
    restingModels: rests,
    quotas: [...token.quotas.values()],
  };
}

function modelIds({ catalogue }: PooledToken, enabled: boolean): readonly string[] {
  return Array.from(catalogue.values()).flatMap((model) => (model.enabled === enabled ? [model.id] : []));
}

/** What an account's premium bucket counts, as its catalogue tells. */
export function quotaUnitOf(models: Iterable<CatalogueModel>): QuotaUnit | null {
  const billings = Array.from(models, ({ billing }) => billing);
  if (billings.some(({ multiplier }) => multiplier !== null && multiplier > 0)) return "premium_requests";
  return billings.some(({ tokenPrices }) => tokenPrices !== null) ? "credits" : null;
}
