import type { UpstreamErrorInfo } from "./error.js";

/** How the upstream failed, as far as it decides what the pool does next (docs/copilot-service.md#error-codes). */
export const upstreamFailureKinds = [
  /** The connection could not be made, broke before an answer, or the answer was 500/502/504. */
  "unreachable",
  /** No first byte in time. */
  "timeout",
  /** 421: the account belongs to another host than the one that was asked. */
  "misdirected",
  /** 401: the credential is stale or revoked. */
  "unauthorized",
  /** 403 of the account as a whole: no Copilot access, policy, missing permission. */
  "forbidden",
  /** 402, or a quota code: the premium quota is used up. */
  "quota_exhausted",
  /** 429 that concerns this account. */
  "account_rate_limited",
  /** 429 that concerns this account's use of this model. */
  "model_rate_limited",
  /** 429/503 that every account shares (integration or provider limit, overload). */
  "shared_rate_limited",
  /** 466: our API version is too old; an operator must act. */
  "client_outdated",
  /** "Invalid signature in thinking block", "encrypted content could not be verified": reasoning of another account or backend. */
  "invalid_signature",
  /** 400/404/413/422 and the like: the client's own mistake. */
  "rejected",
] as const;

export type UpstreamFailureKind = (typeof upstreamFailureKinds)[number];

export interface UpstreamFailure {
  readonly kind: UpstreamFailureKind;
  /** As the service asked (`retry-after` in either form), relative to when the answer came. */
  readonly retryAfterMs: number | null;
  readonly error: UpstreamErrorInfo;
}
