import type { Account } from "../accounts/account.js";
import { isQuotaExhausted } from "../accounts/quota.js";
import type { SimulatedModel } from "../catalogue/simulated-model.js";
import type { RuleRow } from "./rule-row.js";

export interface BillingInput {
  readonly account: Account;
  readonly model: SimulatedModel;
  readonly initiator: "user" | "agent";
  readonly nowMs: number;
}

/** What is refused because nothing is left to pay for it. */
export const billingRules: readonly RuleRow<BillingInput>[] = [
  {
    id: "quota-exhausted",
    refuses:
      "what costs something, once the quota is used up; free models go on, and so do agent turns that cost nothing",
    source: "pi#3643, copilot-cli#3431",
    check: (input) => {
      const { account, nowMs } = input;
      if (!costs(input) || !isQuotaExhausted(account)) return undefined;
      const seconds = Math.max(1, Math.ceil((account.quotaResetAtMs - nowMs) / 1000));
      return { code: account.plan === "free" ? "free_quota_exceeded" : "quota_exceeded", seconds };
    },
    error: {
      status: 402,
      shape: "service",
      message: "You have no quota",
      code: "{code}",
      headers: { "retry-after": "{seconds}" },
    },
  },
];

function costs({ account, model, initiator }: BillingInput): boolean {
  if (account.billing === "premium") return model.multiplier > 0 && initiator === "user";
  return Object.values(model.prices).some((price) => price > 0);
}
