import { type ApiKey, windowEndMs } from "@copilot-llm/model";
import { type BudgetField, chargedAmount, keyBudgets } from "@copilot-llm/quota";
import type { KeyUsage } from "@copilot-llm/stores";

/** Whether a key can be used, and what keeps it from it. */
export interface KeyStanding {
  readonly state: "active" | "limited" | "expired" | "disabled";
  /** The budget that is used up; null unless the state is `limited`. */
  readonly limitedBy: BudgetField | null;
  /** When it counts from zero again; null for a lifetime, and unless the state is `limited`. */
  readonly resetsAtMs: number | null;
}

/** How a key stands with this usage. Rates and concurrency are not told: they pass within a minute. */
export function keyStanding(key: ApiKey, usage: KeyUsage | null, nowMs: number): KeyStanding {
  const idle = { limitedBy: null, resetsAtMs: null };
  if (!key.enabled) return { state: "disabled", ...idle };
  if (key.expiresAtMs !== null && key.expiresAtMs <= nowMs) return { state: "expired", ...idle };
  const { limitPeriod } = key.limits;
  const used = usage?.[limitPeriod];
  const usedUp = keyBudgets.find(({ field, unit }) => {
    const limit = key.limits[field];
    return limit !== null && used !== undefined && used[unit] >= chargedAmount(unit, limit);
  });
  if (usedUp === undefined) return { state: "active", ...idle };
  return { state: "limited", limitedBy: usedUp.field, resetsAtMs: windowEndMs(limitPeriod, nowMs) };
}
