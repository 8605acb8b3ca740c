import { type BackoffPolicy, backoffMs, type ErrorCode, type GatewayError, type Randomness } from "@copilot-llm/model";

/** An item whose requests fail so often has failed. */
export const maxTries = 8;

const backoff: BackoffPolicy = { firstMs: 30_000, longestMs: 60 * 60_000 };

/**
 * What a failed request means for its item. `final`: it has failed. `waits`: nothing is wrong with it, its time has not
 * come. `failed`: it is tried again after a while, some times.
 */
export type Verdict = "final" | "waits" | "failed";

export interface FailedTry {
  readonly error: GatewayError;
  /** Tokens that were asked. */
  readonly attempts: number;
  /** Of the item, without this one. */
  readonly tries: number;
  /** Some tokens' models are not known yet. */
  readonly isChecking: boolean;
  /** The gateway is being stopped. */
  readonly isStopping: boolean;
}

const finalCodes: ReadonlySet<ErrorCode> = new Set([
  "invalid_request",
  "unauthenticated",
  "permission_denied",
  "model_not_found",
  "not_found",
  "method_not_allowed",
  "conflict",
  "request_too_large",
  "unsupported_encoding",
  "budget_exhausted",
  "upstream_rejected",
]);

const waitingCodes: ReadonlySet<ErrorCode> = new Set([
  "no_token_available",
  "quota_exceeded",
  "limit_exceeded",
  "unavailable",
]);

export function judgeTry({ error, attempts, tries, isChecking, isStopping }: FailedTry): Verdict {
  const { code } = error;
  if (isStopping || code === "client_closed") return "waits";
  if (code === "model_not_found" && isChecking) return "waits";
  if (finalCodes.has(code)) return "final";
  if (attempts === 0 && waitingCodes.has(code)) return "waits";
  return tries + 1 >= maxTries ? "final" : "failed";
}

/** How long until the next try, after so many before this one. */
export function retryDelayMs(error: GatewayError, tries: number, randomness: Pick<Randomness, "next">): number {
  const delayMs = backoffMs(backoff, tries);
  return Math.max(error.retryAfterMs ?? 0, delayMs * (0.5 + randomness.next() / 2));
}
