/** Everything that can go wrong, as one closed set. Transports map each code to their own status and body. */
export const errorCodes = [
  /** The request is malformed or asks for something impossible; the message says how to mend it. */
  "invalid_request",
  /** No credential, or one that is unknown, disabled or expired. */
  "unauthenticated",
  /** A known credential that may not do this. */
  "permission_denied",
  "model_not_found",
  "not_found",
  "method_not_allowed",
  /** The change collides with what is stored (a taken alias, a finished setup). */
  "conflict",
  "request_too_large",
  /** The body is compressed in a way that the gateway does not take. */
  "unsupported_encoding",
  /** The body stopped coming. */
  "request_timeout",
  /** A rate of the key, or its requests under way: waiting cures it. `retryAfterMs` says when. */
  "limit_exceeded",
  /** A budget of the key is used up: requests, premium units or credits of its period. */
  "budget_exhausted",
  /** Every token that could serve is resting. `retryAfterMs` is the earliest return. */
  "no_token_available",
  /** The premium quota of every token that could serve is used up. */
  "quota_exceeded",
  /** The upstream refused the client's own request; `upstream` holds its status and message. */
  "upstream_rejected",
  /** The upstream throttles in a way that no other token would cure. */
  "upstream_rate_limited",
  /** The upstream failed, cut the answer short or answered nonsense. */
  "upstream_error",
  "upstream_timeout",
  /** The gateway cannot serve now: draining, its store unavailable, its queue full. */
  "unavailable",
  /** The client hung up. Never reaches a client; recorded. */
  "client_closed",
  /** A bug of ours or a broken machine. The cause is logged, never sent. */
  "internal",
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** What the upstream itself said, kept so that a client sees the service's own words. */
export interface UpstreamErrorInfo {
  readonly status: number;
  /** The service's error code (`model_not_supported`, `quota_exceeded`, …), where it gave one. */
  readonly code: string | null;
  readonly message: string;
  /** The service's `x-should-retry`, where it sent one: the SDKs go by it. */
  readonly shouldRetry?: boolean;
}

export interface GatewayErrorOptions {
  readonly cause?: unknown;
  /** The request field at fault, in the client's spelling (`messages.0.content`). */
  readonly param?: string;
  readonly retryAfterMs?: number;
  readonly upstream?: UpstreamErrorInfo;
  /** Machine-readable facts a protocol may show (never secrets, never internals). */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * The one error type. `message` is written for the client and is shown to it, except for `internal`;
 * `cause` is for the log only.
 */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  readonly code: ErrorCode;
  readonly param: string | null;
  readonly retryAfterMs: number | null;
  readonly upstream: UpstreamErrorInfo | null;
  readonly details: Readonly<Record<string, unknown>> | null;

  constructor(code: ErrorCode, message: string, options: GatewayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.param = options.param ?? null;
    this.retryAfterMs = options.retryAfterMs ?? null;
    this.upstream = options.upstream ?? null;
    this.details = options.details ?? null;
  }

  /** The error itself when it is one of ours, else an `internal` one with the original as its cause. */
  static from(error: unknown): GatewayError {
    return error instanceof GatewayError
      ? error
      : new GatewayError("internal", "The gateway failed to handle this request.", { cause: error });
  }
}
