import type { ErrorCode } from "@copilot-llm/model";

/** The HTTP status of each code, as every protocol has it; what the upstream said may lead to another (`mapErrorStatus`). */
export const errorStatuses = {
  invalid_request: 400,
  unauthenticated: 401,
  permission_denied: 403,
  model_not_found: 404,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  request_too_large: 413,
  unsupported_encoding: 415,
  request_timeout: 408,
  limit_exceeded: 429,
  budget_exhausted: 402,
  no_token_available: 429,
  quota_exceeded: 402,
  upstream_rejected: 400,
  upstream_rate_limited: 429,
  upstream_error: 502,
  upstream_timeout: 504,
  unavailable: 503,
  client_closed: 499,
  internal: 500,
} as const satisfies Readonly<Record<ErrorCode, number>>;
