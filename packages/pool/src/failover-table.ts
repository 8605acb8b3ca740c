import type { BackoffPolicy, UpstreamFailureKind } from "@copilot-llm/model";

/**
 * What the request does after a failure. `mend_and_retry`: once more, changed so that the refusal no longer holds; once
 * per request, and where nothing can be changed it stops.
 */
export type FailoverAction = "next_token" | "stop" | "mend_and_retry";

/** What the failure does to the token it happened on. */
export type FailoverEffect =
  | "none"
  /** Three in a row rest the token for a moment. Such a rest is advice: a pool refuses nobody for it. */
  | "strike"
  /** As three strikes at once: a repeat would meet the same. */
  | "strike_out"
  /** No request until somebody mends the account: `auth_failed`. */
  | "refuse"
  /** No premium request until the quota's reset. */
  | "exhaust"
  /** Rest for `retry-after`, else with exponential backoff. */
  | "cool_token"
  /** The same, for this model only. */
  | "cool_model";

export interface FailoverRule {
  readonly action: FailoverAction;
  readonly effect: FailoverEffect;
}

/** The whole failover policy. A `401` gets here only after its endpoint was refreshed and the call repeated. */
export const failoverTable: Readonly<Record<UpstreamFailureKind, FailoverRule>> = {
  unreachable: { action: "next_token", effect: "strike" },
  timeout: { action: "next_token", effect: "strike" },
  misdirected: { action: "next_token", effect: "strike_out" },
  unauthorized: { action: "next_token", effect: "refuse" },
  forbidden: { action: "next_token", effect: "refuse" },
  quota_exhausted: { action: "next_token", effect: "exhaust" },
  account_rate_limited: { action: "next_token", effect: "cool_token" },
  model_rate_limited: { action: "next_token", effect: "cool_model" },
  shared_rate_limited: { action: "stop", effect: "none" },
  client_outdated: { action: "stop", effect: "none" },
  invalid_signature: { action: "mend_and_retry", effect: "none" },
  rejected: { action: "mend_and_retry", effect: "none" },
};

/** True for a failure that counts against the token although GitHub did not ask for a rest. */
export function isStrike(kind: UpstreamFailureKind): boolean {
  const { effect } = failoverTable[kind];
  return effect === "strike" || effect === "strike_out";
}

/** No request is tried on more tokens than this. */
export const maxTokensPerRequest = 3;

/** Strikes in a row that rest a token. */
export const strikesToRest = 3;

export const strikeBackoff: BackoffPolicy = { firstMs: 2_000, longestMs: 60_000 };
export const rateLimitBackoff: BackoffPolicy = { firstMs: 15_000, longestMs: 15 * 60_000 };
/** For `user_weekly_rate_limited` whose reset nobody told. */
export const weeklyBackoff: BackoffPolicy = { firstMs: 60 * 60_000, longestMs: 24 * 60 * 60_000 };

/** A `retry-after` is believed within these bounds. */
export const shortestRestMs = 1_000;
export const longestRestMs = 31 * 24 * 60 * 60_000;

/** After this, a quota that is used up with no known reset is tried again. */
export const quotaProbeMs = 60 * 60_000;
