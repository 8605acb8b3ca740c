import type { PooledToken } from "./pooled-token.js";
import { drawsPremium } from "./premium-quota.js";

/** Whether any of the tokens could serve some model now. */
export function canServe(tokens: Iterable<PooledToken>, nowMs: number): boolean {
  for (const token of tokens) {
    const { status } = token.state(nowMs);
    const restsForStrikes = status === "cooling" && !token.rests.isAsked(nowMs);
    if (status !== "active" && status !== "exhausted" && !restsForStrikes) continue;
    for (const model of token.catalogue.values()) {
      if (model.enabled && (token.exhaustion(nowMs) === null || !drawsPremium(model))) return true;
    }
  }
  return false;
}

/** The earliest moment one of the resting tokens returns; null when none rests or nobody knows. */
export function earliestReturnMs(tokens: Iterable<PooledToken>, nowMs: number): number | null {
  let earliestMs = Number.POSITIVE_INFINITY;
  for (const token of tokens) {
    const { status } = token.state(nowMs);
    if (status !== "cooling" && status !== "exhausted") continue;
    earliestMs = Math.min(earliestMs, token.nextChangeMs(nowMs) ?? Number.POSITIVE_INFINITY);
  }
  return earliestMs === Number.POSITIVE_INFINITY ? null : earliestMs;
}
