import type { LeaseRequest, RefusedLease } from "./lease.js";
import type { PooledToken } from "./pooled-token.js";
import { hasTriedEntity } from "./selection.js";

/** What a client is told to wait for a place, when nothing better is known. */
const busyRetryMs = 1_000;

/** Why no token serves the request now. Looks at every token that may, tried ones included. */
export function explain(
  tokens: Iterable<PooledToken>,
  request: LeaseRequest,
  isBusy: boolean,
  nowMs: number,
): RefusedLease {
  let isChecking = false;
  let hasModel = false;
  let hasUsable = false;
  let hasAffordable = false;
  let retryAtMs = isBusy ? nowMs + busyRetryMs : Number.POSITIVE_INFINITY;
  for (const token of tokens) {
    if (token.state(nowMs).status === "checking") isChecking = true;
    const model = token.model(request.modelId);
    if (model === null) continue;
    hasModel = true;
    if (!token.isUsable) continue;
    hasUsable = true;
    const restUntilMs = token.rests.untilMs(request.modelId, nowMs);
    const isPayable =
      token.afford(model, request.initiator, nowMs) !== "none" && !token.rests.isOutOfQuota(request.modelId, nowMs);
    if (isPayable && !hasTriedEntity(token, model, request, nowMs)) {
      hasAffordable = true;
      if (restUntilMs !== null) retryAtMs = Math.min(retryAtMs, restUntilMs);
    } else {
      const backAtMs = token.exhaustion(nowMs)?.againAtMs ?? Number.POSITIVE_INFINITY;
      retryAtMs = Math.min(retryAtMs, Math.max(backAtMs, restUntilMs ?? 0));
    }
  }
  const why = hasAffordable || (isChecking && !hasUsable) ? "resting" : reason(hasModel, hasUsable);
  return { ok: false, why, retryAtMs: retryAtMs === Number.POSITIVE_INFINITY ? null : retryAtMs };
}

function reason(hasModel: boolean, hasUsable: boolean): RefusedLease["why"] {
  if (!hasModel) return "unknown_model";
  return hasUsable ? "quota_exhausted" : "unusable";
}
