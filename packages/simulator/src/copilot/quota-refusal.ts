import type { Account } from "../accounts/account.js";
import { isQuotaExhausted } from "../accounts/quota.js";
import type { SimulatedModel } from "../catalogue/simulated-model.js";
import { createServiceError, type Refusal } from "../wires/refusal.js";

/**
 * The 402 of an account whose quota is used up. Free models go on; in the premium world so do agent turns, which cost
 * nothing. `retry-after` is the time until the reset.
 */
export function quotaRefusal(
  account: Account,
  model: SimulatedModel,
  initiator: "user" | "agent",
  nowMs: number,
): Refusal | undefined {
  const prices = Object.values(model.prices);
  const costs =
    account.billing === "premium" ? model.multiplier > 0 && initiator === "user" : prices.some((price) => price > 0);
  if (!costs || !isQuotaExhausted(account)) return undefined;
  const code = account.plan === "free" ? "free_quota_exceeded" : "quota_exceeded";
  return {
    ...createServiceError(402, "You have no quota", code),
    headers: { "retry-after": String(Math.max(1, Math.ceil((account.quotaResetAtMs - nowMs) / 1000))) },
  };
}
