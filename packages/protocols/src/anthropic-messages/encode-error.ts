import type { ErrorCode, GatewayError } from "@copilot-llm/model";
import {
  clientMessage,
  type EncodedError,
  encodeErrorDetails,
  encodeErrorHeaders,
  isOverloaded,
  mapErrorStatus,
} from "../codec/encoded-error.js";
import { readTooLong } from "../codec/read-too-long.js";
import { formatSseEvent } from "../sse/encode-sse-event.js";

/** The API's own status where the service has no room. */
const overloadedStatus = 529;
const invalid = "invalid_request_error";
const server = "api_error";

/** `error.type` of each code. */
const types: Readonly<Record<ErrorCode, string>> = {
  invalid_request: invalid,
  unauthenticated: "authentication_error",
  permission_denied: "permission_error",
  model_not_found: "not_found_error",
  not_found: "not_found_error",
  method_not_allowed: invalid,
  conflict: invalid,
  request_too_large: "request_too_large",
  unsupported_encoding: invalid,
  request_timeout: "timeout_error",
  limit_exceeded: "rate_limit_error",
  budget_exhausted: "billing_error",
  no_token_available: "rate_limit_error",
  quota_exceeded: "billing_error",
  upstream_rejected: invalid,
  upstream_rate_limited: "rate_limit_error",
  upstream_error: server,
  upstream_timeout: "timeout_error",
  unavailable: server,
  client_closed: invalid,
  internal: server,
};

/** `error.type` of what the upstream refused, by its status. */
const rejectionTypes: Readonly<Record<number, string>> = {
  401: "authentication_error",
  402: "billing_error",
  403: "permission_error",
  404: "not_found_error",
  413: "request_too_large",
  429: "rate_limit_error",
};

/** An error in the API's shape. The status is the one by which the official SDK picks its class. */
export function encodeError(error: GatewayError, requestId: string): EncodedError {
  const isFull = isOverloaded(error);
  const status = isFull ? overloadedStatus : mapErrorStatus(error);
  const type = isFull ? "overloaded_error" : mapType(error, status);
  const told = { type, message: tellMessage(error, requestId), ...encodeErrorDetails(error) };
  return {
    status,
    headers: { ...encodeErrorHeaders(error, status, requestId), "request-id": requestId },
    body: { type: "error", error: told, request_id: requestId },
  };
}

/** Claude Code compacts its history on the API's own words only (docs/client-requirements.md#prompt-too-long). */
function tellMessage(error: GatewayError, requestId: string): string {
  const message = clientMessage(error, requestId);
  const tooLong = error.code === "upstream_rejected" && error.upstream !== null ? readTooLong(error.upstream) : null;
  if (tooLong === null || /prompt is too long/i.test(message)) return message;
  const { tokens, limit } = tooLong;
  return tokens === null || limit === null
    ? `prompt is too long: ${message}`
    : `prompt is too long: ${tokens} tokens > ${limit} maximum`;
}

/** The event that ends a broken stream. */
export function encodeStreamError(error: GatewayError, requestId: string): string {
  return formatSseEvent("error", JSON.stringify(encodeError(error, requestId).body));
}

function mapType(error: GatewayError, status: number): string {
  const isRefused = error.code === "upstream_rejected" && error.upstream !== null;
  return isRefused ? (rejectionTypes[status] ?? invalid) : types[error.code];
}
