import type { ErrorCode, GatewayError, UpstreamErrorInfo } from "@copilot-llm/model";
import { stringOrNull } from "../body/json.js";
import { formatSseEvent } from "../sse/encode-sse-event.js";
import {
  clientMessage,
  type EncodedError,
  encodeErrorDetails,
  encodeErrorHeaders,
  isOverloaded,
  mapErrorStatus,
} from "./encoded-error.js";
import { readTooLong } from "./read-too-long.js";

/** `error.type` and `error.code`. */
interface ErrorForm {
  readonly type: string;
  readonly code: string | null;
}

const invalid = "invalid_request_error";
const throttled = "rate_limit_error";
const server = "server_error";

const forms: Readonly<Record<ErrorCode, ErrorForm>> = {
  invalid_request: { type: invalid, code: null },
  unauthenticated: { type: invalid, code: "invalid_api_key" },
  permission_denied: { type: "permission_error", code: "permission_denied" },
  model_not_found: { type: invalid, code: "model_not_found" },
  not_found: { type: invalid, code: "not_found" },
  method_not_allowed: { type: invalid, code: "method_not_allowed" },
  conflict: { type: invalid, code: "conflict" },
  request_too_large: { type: invalid, code: "request_too_large" },
  unsupported_encoding: { type: invalid, code: "unsupported_encoding" },
  request_timeout: { type: invalid, code: "request_timeout" },
  limit_exceeded: { type: throttled, code: "rate_limit_exceeded" },
  budget_exhausted: { type: "insufficient_quota", code: "insufficient_quota" },
  no_token_available: { type: throttled, code: "no_token_available" },
  quota_exceeded: { type: "insufficient_quota", code: "quota_exceeded" },
  upstream_rejected: { type: invalid, code: null },
  upstream_rate_limited: { type: throttled, code: "rate_limit_exceeded" },
  upstream_error: { type: server, code: "upstream_error" },
  upstream_timeout: { type: server, code: "upstream_timeout" },
  unavailable: { type: server, code: "unavailable" },
  client_closed: { type: invalid, code: "client_closed" },
  internal: { type: server, code: "internal_error" },
};

/** An error in the shape that OpenAI's APIs share. The status is the one by which the official SDK picks its class. */
export function encodeOpenaiError(error: GatewayError, requestId: string): EncodedError {
  const status = mapErrorStatus(error);
  const { type, code } = mapForm(error);
  const param = error.param ?? (error.code === "model_not_found" ? "model" : null);
  const told = {
    message: clientMessage(error, requestId),
    type,
    code: code ?? stringOrNull(error.details?.error_code),
    param,
  };
  return {
    status,
    headers: encodeErrorHeaders(error, status, requestId),
    body: { error: { ...told, ...encodeErrorDetails(error) } },
  };
}

/** The bytes that end a broken stream of chunks: the error, and `[DONE]`. */
export function encodeOpenaiStreamError(error: GatewayError, requestId: string): string {
  const { body } = encodeOpenaiError(error, requestId);
  return formatSseEvent("", JSON.stringify(body)) + formatSseEvent("", "[DONE]");
}

function mapForm(error: GatewayError): ErrorForm {
  const form = forms[error.code];
  const { upstream } = error;
  if (error.code === "upstream_rejected" && upstream !== null) return { type: invalid, code: mapCode(upstream) };
  if (error.code === "upstream_rate_limited" && upstream !== null) {
    return { type: isOverloaded(error) ? server : form.type, code: upstream.code ?? form.code };
  }
  return form;
}

/** The service's own code. Clients know the one for a prompt that is too long by OpenAI's name. */
function mapCode(upstream: UpstreamErrorInfo): string | null {
  if (readTooLong(upstream) !== null) return "context_length_exceeded";
  return upstream.code === "" ? null : upstream.code;
}
