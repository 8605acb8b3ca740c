import type { ErrorCode, GatewayError } from "@copilot-llm/model";

/** How one error code looks in both families of APIs. */
export interface ErrorForm {
  readonly status: number;
  /** `error.type` of OpenAI's APIs. */
  readonly openaiType: string;
  /** `error.code` of OpenAI's APIs. */
  readonly openaiCode: string | null;
  /** `error.type` of Anthropic's API. */
  readonly anthropicType: string;
  /** Anthropic's status where it differs. */
  readonly anthropicStatus?: number;
}

const invalid = { openaiType: "invalid_request_error", anthropicType: "invalid_request_error" };
const throttled = { status: 429, openaiType: "rate_limit_error", anthropicType: "rate_limit_error" };
const server = { openaiType: "server_error", anthropicType: "api_error" };
const overloaded = { status: 503, ...server, anthropicType: "overloaded_error", anthropicStatus: 529 };

const forms: Readonly<Record<ErrorCode, ErrorForm>> = {
  invalid_request: { ...invalid, status: 400, openaiCode: null },
  unauthenticated: { ...invalid, status: 401, openaiCode: "invalid_api_key", anthropicType: "authentication_error" },
  permission_denied: {
    status: 403,
    openaiType: "permission_error",
    openaiCode: "permission_denied",
    anthropicType: "permission_error",
  },
  model_not_found: { ...invalid, status: 404, openaiCode: "model_not_found", anthropicType: "not_found_error" },
  not_found: { ...invalid, status: 404, openaiCode: "not_found", anthropicType: "not_found_error" },
  method_not_allowed: { ...invalid, status: 405, openaiCode: "method_not_allowed" },
  conflict: { ...invalid, status: 409, openaiCode: "conflict" },
  request_too_large: { ...invalid, status: 413, openaiCode: "request_too_large", anthropicType: "request_too_large" },
  limit_exceeded: { ...throttled, openaiCode: "rate_limit_exceeded" },
  no_token_available: { ...throttled, openaiCode: "no_token_available" },
  quota_exceeded: {
    status: 402,
    openaiType: "insufficient_quota",
    openaiCode: "quota_exceeded",
    anthropicType: "billing_error",
  },
  upstream_rejected: { ...invalid, status: 400, openaiCode: null },
  upstream_rate_limited: { ...throttled, openaiCode: "rate_limit_exceeded" },
  upstream_error: { ...server, status: 502, openaiCode: "upstream_error" },
  upstream_timeout: { ...server, status: 504, openaiCode: "upstream_timeout", anthropicType: "timeout_error" },
  unavailable: { ...server, status: 503, openaiCode: "unavailable" },
  client_closed: { ...invalid, status: 499, openaiCode: "client_closed" },
  internal: { ...server, status: 500, openaiCode: "internal_error" },
};

/** The form of an error, with what the upstream itself said taken into account. */
export function mapError(error: GatewayError): ErrorForm {
  const form = forms[error.code];
  const { upstream } = error;
  if (error.code === "upstream_rejected" && upstream !== null) return mapRejection(upstream.status, upstream.code);
  if (error.code === "upstream_rate_limited" && upstream !== null) {
    const base = upstream.status === 503 || upstream.status === 529 ? overloaded : form;
    return { ...base, openaiCode: upstream.code ?? form.openaiCode };
  }
  if (error.code === "limit_exceeded" && !isSoon(error.retryAfterMs)) {
    return { ...form, openaiType: "insufficient_quota", openaiCode: "insufficient_quota" };
  }
  return form;
}

/** True when waiting is worth a client's while: the SDKs sleep at most a minute. */
export function isSoon(retryAfterMs: number | null): boolean {
  return retryAfterMs !== null && retryAfterMs <= 60_000;
}

const rejectionTypes: Readonly<Record<number, string>> = {
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
};

function mapRejection(status: number, code: string | null): ErrorForm {
  const kept = status >= 400 && status < 500 ? status : 400;
  return {
    ...invalid,
    status: kept,
    openaiCode: code === "" ? null : code === "model_max_prompt_tokens_exceeded" ? "context_length_exceeded" : code,
    anthropicType: rejectionTypes[kept] ?? invalid.anthropicType,
  };
}
