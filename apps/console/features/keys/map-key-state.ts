import { keyBudgets } from "@copilot-llm/quota/key-limits";
import type { ApiKey } from "#lib/api/use-api-keys";
import { dayMs } from "#lib/time-units";

export const keyStates = ["active", "limited", "expiring", "expired", "disabled", "unused"] as const;
export type KeyState = (typeof keyStates)[number];

const soonMs = 7 * dayMs;

/** A budget of a key: what was used of how much in its period. */
export interface KeyBudget {
  name: (typeof keyBudgets)[number]["name"];
  isWhole: boolean;
  used: number;
  limit: number | null;
}

type Counted = Pick<ApiKey, (typeof keyBudgets)[number]["name" | "countName"]>;

export function budgetsOf(key: Counted): readonly KeyBudget[] {
  return keyBudgets.map(({ name, countName, isWhole }) => ({ name, isWhole, used: key[countName], limit: key[name] }));
}

/** The limit that will be met first; null when no budget is limited. */
export function tightestBudget(key: Counted): (KeyBudget & { limit: number }) | null {
  const limited = budgetsOf(key).flatMap((budget) =>
    budget.limit === null ? [] : [{ ...budget, limit: budget.limit }],
  );
  return limited.sort((a, b) => b.used / b.limit - a.used / a.limit)[0] ?? null;
}

/** Whether a key opens anything now, and what an admin should know of it first. */
export function mapKeyState(key: Pick<ApiKey, "state" | "expires_at" | "last_used_at">, nowMs: number): KeyState {
  const { state, expires_at: expiresAt, last_used_at: lastUsedAt } = key;
  if (state !== "active") return state;
  if (expiresAt !== null && Date.parse(expiresAt) - nowMs < soonMs) return "expiring";
  return lastUsedAt === null ? "unused" : "active";
}

/** When the counts of a key begin anew (UTC); null for those that never do. */
export function nextResetMs({ limit_period: period }: Pick<ApiKey, "limit_period">, nowMs: number): number | null {
  const now = new Date(nowMs);
  switch (period) {
    case "day":
      return Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
    case "month":
      return Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1);
    case "lifetime":
      return null;
  }
}
