import { GatewayError } from "@copilot-llm/model";
import { encodeError } from "@copilot-llm/protocols";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { errorStatuses } from "./api/route/error-statuses.js";
import { protocolOfPath } from "./data/data-paths.js";
import type { GatewayContext } from "./http/request-context.js";

/** The one place where an error becomes an HTTP answer: in the API's own shape on data routes, in ours elsewhere. */
export function errorResponse(error: unknown, context: GatewayContext): Response {
  const told = toGatewayError(error);
  const requestId = context.get("requestId");
  const entry = context.get("logEntry");
  entry.add({ error_code: told.code, error_message: told.message });
  if (told.code === "internal") entry.add({ error: told.cause });
  context.header("cache-control", "no-store");
  // The rest of the body may come yet, and would be taken for the next request.
  if (told.code === "request_timeout") context.header("connection", "close");

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
  return context.json(body, errorStatuses[told.code]);
}

function toGatewayError(error: unknown): GatewayError {
  if (!(error instanceof HTTPException)) return GatewayError.from(error);
  const code = error.status === 413 ? "request_too_large" : "invalid_request";
  return new GatewayError(code, error.message === "" ? "The request cannot be understood." : error.message, {
    cause: error,
  });
}
