import type { LeaseRequest } from "./lease.js";
import type { PooledToken } from "./pooled-token.js";
import { drawsPremium, premiumUnitsOf } from "./premium-quota.js";
import { fitness } from "./selection.js";
import type { SpareTerms } from "./spare-terms.js";

export interface SpareRequest extends LeaseRequest {
  readonly spare: SpareTerms;
}

/** Whether the token can serve the request without anybody else having less of it. */
export function canSpare(token: PooledToken, request: SpareRequest, maxConcurrency: number, nowMs: number): boolean {
  const { maxPerToken, mayUse, mayDraw } = request.spare;
  const model = token.model(request.modelId);
  if (model === null || token.spareInFlight >= maxPerToken || !mayUse(token.entity.id)) return false;
  if (fitness(token, request, maxConcurrency, nowMs) !== "free") return false;
  if (!drawsPremium(model) || token.entity.figures.current(nowMs)?.unlimited === true) return true;
  return mayDraw(token.entity.id, premiumUnitsOf(model, request.initiator));
}
