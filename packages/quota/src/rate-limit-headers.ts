import type { ChargeUnit, ClaimUsage, Protocol } from "@copilot-llm/model";

interface HeaderNames {
  readonly unit: ChargeUnit;
  readonly limit: string;
  readonly remaining: string;
  readonly reset: string;
}

const told = ["requests", "tokens"] as const satisfies readonly ChargeUnit[];
const openaiNames: readonly HeaderNames[] = told.map((unit) => ({
  unit,
  limit: `x-ratelimit-limit-${unit}`,
  remaining: `x-ratelimit-remaining-${unit}`,
  reset: `x-ratelimit-reset-${unit}`,
}));
const anthropicNames: readonly HeaderNames[] = told.map((unit) => ({
  unit,
  limit: `anthropic-ratelimit-${unit}-limit`,
  remaining: `anthropic-ratelimit-${unit}-remaining`,
  reset: `anthropic-ratelimit-${unit}-reset`,
}));

/**
 * The key's standing in the header names of the client's own API, for its request and token limits; where several
 * limits count the same (rpm and max_requests), the one with the least left. Concurrency is not told: neither API has
 * a header for it. Resets are durations (`6m0s`) in OpenAI's names and times (RFC 3339) in Anthropic's. The object is the
 * caller's.
 */
export function rateLimitHeaders(
  usages: readonly ClaimUsage[],
  protocol: Protocol,
  nowMs: number,
): Record<string, string> {
  const headers: Record<string, string> = {};
  const isAnthropic = protocol === "anthropic-messages";
  for (const { unit, limit, remaining, reset } of isAnthropic ? anthropicNames : openaiNames) {
    const tightest = tightestOf(usages, unit);
    if (tightest === null) continue;
    const { claim, resetAtMs } = tightest;
    headers[limit] = String(claim.limit);
    headers[remaining] = String(Math.max(0, Math.floor(left(tightest))));
    if (resetAtMs === null) continue;
    headers[reset] = isAnthropic ? rfc3339(resetAtMs) : duration(Math.max(0, resetAtMs - nowMs));
  }
  return headers;
}

function tightestOf(usages: readonly ClaimUsage[], unit: ChargeUnit): ClaimUsage | null {
  let tightest: ClaimUsage | null = null;
  for (const usage of usages) {
    if (usage.claim.unit !== unit || usage.claim.window === "open") continue;
    if (tightest === null || left(usage) < left(tightest)) tightest = usage;
  }
  return tightest;
}

function left({ claim, used }: ClaimUsage): number {
  return claim.limit - used;
}

/** To the second, rounded up: a client that waits this long finds room. */
function rfc3339(atMs: number): string {
  return new Date(Math.ceil(atMs / 1_000) * 1_000).toISOString().replace(".000Z", "Z");
}

/** As OpenAI writes it: `250ms`, `12s`, `6m0s`, `23h59m58s`. */
function duration(durationMs: number): string {
  if (durationMs < 1_000) return `${Math.ceil(durationMs)}ms`;
  const seconds = Math.ceil(durationMs / 1_000);
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  if (hours > 0) return `${hours}h${minutes}m${seconds % 60}s`;
  return minutes > 0 ? `${minutes}m${seconds % 60}s` : `${seconds}s`;
}
