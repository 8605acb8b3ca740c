import type { QuotaSnapshot, TokenState } from "@copilot-llm/model";
import type { PooledToken } from "./pooled-token.js";

/** A token as an admin sees it. */
export interface TokenView {
  readonly id: string;
  readonly state: TokenState;
  readonly inFlight: number;
  /** The models its account has switched on. */
  readonly modelIds: readonly string[];
  /** Models that rest on this token alone. */
  readonly restingModels: readonly { readonly modelId: string; readonly untilMs: number; readonly reason: string }[];
  readonly quotas: readonly QuotaSnapshot[];
}

export function viewOf(token: PooledToken, nowMs: number): TokenView {
  const rests = Array.from(token.modelRests(nowMs), ([modelId, rest]) => ({ modelId, ...rest }));
  return {
    id: token.id,
    state: token.state(nowMs),
    inFlight: token.inFlight,
    modelIds: Array.from(token.catalogue.values()).flatMap((model) => (model.enabled ? [model.id] : [])),
    restingModels: rests,
    quotas: [...token.quotas.values()],
  };
}
