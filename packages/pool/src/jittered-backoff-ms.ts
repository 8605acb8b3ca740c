import { type BackoffPolicy, backoffMs, type Randomness } from "@copilot-llm/model";

/** Doubles with every level from 0, up to `longestMs`; the upper half is random, so that tokens do not return as one. */
export function jitteredBackoffMs(policy: BackoffPolicy, level: number, randomness: Randomness): number {
  return Math.round(backoffMs(policy, level) * (0.5 + 0.5 * randomness.next()));
}
