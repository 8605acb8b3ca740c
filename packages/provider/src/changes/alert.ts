import type { QuotaUnit } from "@copilot-llm/model";
import type { BudgetField } from "@copilot-llm/quota";

export type AlertSeverity = "critical" | "warning" | "info";

/** What wants an operator's attention, without words: whoever shows it finds them by its code. */
export type Alert = { readonly severity: AlertSeverity } & (
  | { readonly code: "store_failing"; readonly reason: string }
  | { readonly code: "no_token_serves" }
  | ({ readonly code: "error_rate_high" } & ErrorRate)
  | { readonly code: "nothing_recorded"; readonly sinceMs: number }
  | (AboutToken & { readonly code: "token_refused"; readonly reason: string })
  | (AboutToken & { readonly code: "token_exhausted"; readonly resetsAtMs: number | null })
  | (AboutToken & { readonly code: "quota_low" } & QuotaFigures)
  | ({ readonly code: "pool_quota_low" } & PoolQuota)
  | (AboutKey & { readonly code: "key_near_limit" } & KeyBudgetUse)
  | (AboutKey & { readonly code: "key_limited"; readonly limit: BudgetField; readonly resetsAtMs: number | null })
  | (AboutKey & { readonly code: "key_expiring"; readonly expiresAtMs: number })
);

interface AboutToken {
  readonly token: { readonly id: string; readonly alias: string };
}

interface AboutKey {
  readonly key: { readonly id: string; readonly alias: string };
}

/** Of the last hour, beside that of the week before; rates are parts of the requests, 0 to 1. */
export interface ErrorRate {
  readonly requests: number;
  readonly errors: number;
  readonly rate: number;
  readonly weekRate: number;
}

export interface QuotaFigures {
  readonly bucket: string;
  readonly used: number;
  readonly entitlement: number;
  /** Null where a bucket is told in percent, or nothing says what it counts. */
  readonly unit: QuotaUnit | null;
  readonly resetsAtMs: number | null;
}

/** What is left to all tokens that count in the unit. */
export interface PoolQuota {
  readonly unit: QuotaUnit;
  readonly remaining: number;
  readonly entitlement: number;
  /** When the first of them gets some back. */
  readonly resetsAtMs: number | null;
}

/** The budget of which the key has the least left. */
export interface KeyBudgetUse {
  readonly limit: BudgetField;
  readonly used: number;
  readonly allowed: number;
  readonly resetsAtMs: number | null;
}
