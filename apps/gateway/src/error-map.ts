import { type ErrorCode, GatewayError } from "@copilot-llm/model";
import { encodeError } from "@copilot-llm/protocols";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { protocolOfPath } from "./data/data-paths.js";
import type { GatewayContext } from "./http/request-context.js";

/** The status of our own routes' errors. The data routes' are the protocols' own. */
const statuses: Readonly<Record<ErrorCode, ContentfulStatusCode>> = {
  invalid_request: 400,
  unauthenticated: 401,
  permission_denied: 403,
  model_not_found: 404,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  request_too_large: 413,
  limit_exceeded: 429,
  no_token_available: 429,
  quota_exceeded: 402,
  upstream_rejected: 502,
  upstream_rate_limited: 502,
  upstream_error: 502,
  upstream_timeout: 504,
  unavailable: 503,
  client_closed: 400,
  internal: 500,
};

/** The one place where an error becomes an HTTP answer: in the API's own shape on data routes, in ours elsewhere. */
export function errorResponse(error: unknown, context: GatewayContext): Response {
  const told = toGatewayError(error);
  const requestId = context.get("requestId");
  const entry = context.get("logEntry");
  entry.add({ error_code: told.code, error_message: told.message });
  if (told.code === "internal") entry.add({ error: told.cause });

  const protocol = protocolOfPath(context.req.path, context.req.header("anthropic-version"));
  if (protocol !== null) {
    const encoded = encodeError(protocol, told, requestId);
    for (const [name, value] of Object.entries(encoded.headers)) context.header(name, value);
    if (protocol === "anthropic-messages") context.header("request-id", requestId);
    return context.json(encoded.body, encoded.status as ContentfulStatusCode);
  }
  if (told.retryAfterMs !== null)
    context.header("retry-after", String(Math.max(1, Math.ceil(told.retryAfterMs / 1_000))));
  const body = { error: { code: told.code, message: told.message, request_id: requestId } };
  return context.json(body, statuses[told.code]);
}

function toGatewayError(error: unknown): GatewayError {
  if (!(error instanceof HTTPException)) return GatewayError.from(error);
  const code = error.status === 413 ? "request_too_large" : "invalid_request";
  return new GatewayError(code, error.message === "" ? "The request cannot be understood." : error.message, {
    cause: error,
  });
}
