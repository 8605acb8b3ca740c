import type { Randomness } from "@copilot-llm/model";

export interface BackoffPolicy {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** Doubles with every level from 0, up to `longestMs`; the upper half is random, so that tokens do not return as one. */
export function backoffMs(policy: BackoffPolicy, level: number, randomness: Randomness): number {
  const ceilingMs = Math.min(policy.longestMs, policy.firstMs * 2 ** level);
  return Math.round(ceilingMs * (0.5 + 0.5 * randomness.next()));
}
