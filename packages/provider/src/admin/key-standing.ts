import { type ApiKey, type KeyLimits, windowEndMs } from "@copilot-llm/model";
import { limitClaims } from "@copilot-llm/quota";
import type { KeyUsage } from "@copilot-llm/stores";

/** A budget of a key: what counts for a whole period. */
export type KeyBudget = keyof Pick<KeyLimits, "maxRequests" | "maxPremiumRequests" | "maxCredits">;

/** Whether a key can be used, and what keeps it from it. */
export interface KeyStanding {
  readonly state: "active" | "limited" | "expired" | "disabled";
  /** The budget that is used up; null unless the state is `limited`. */
  readonly limitedBy: KeyBudget | null;
  /** When it counts from zero again; null for a lifetime, and unless the state is `limited`. */
  readonly resetsAtMs: number | null;
}

const budgetOf = { requests: "maxRequests", premiumUnits: "maxPremiumRequests", nanoAiu: "maxCredits" } as const;

/** How a key stands with this usage. Rates and concurrency are not told: they pass within a minute. */
export function keyStanding(key: ApiKey, usage: KeyUsage | null, nowMs: number): KeyStanding {
  const idle = { limitedBy: null, resetsAtMs: null };
  if (!key.enabled) return { state: "disabled", ...idle };
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) return { state: "expired", ...idle };
  const { limitPeriod } = key.limits;
  const used = usage?.[limitPeriod];
  for (const { unit, window, limit } of limitClaims(key)) {
    if (window === "minute" || window === "open" || unit === "tokens") continue;
    if (used === undefined || used[unit] < limit) continue;
    return { state: "limited", limitedBy: budgetOf[unit], resetsAtMs: windowEndMs(limitPeriod, nowMs) };
  }
  return { state: "active", ...idle };
}
