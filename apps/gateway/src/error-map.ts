import { GatewayError } from "@copilot-llm/model";
import { encodeError } from "@copilot-llm/protocols";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { errorStatuses } from "./api/route/error-statuses.js";
import { protocolOfPath } from "./data/data-paths.js";
import type { GatewayContext } from "./http/request-context.js";
import type { TellError } from "./http/told-error.js";

/** The one place where an error becomes an HTTP answer: in the API's own shape on data routes, in ours elsewhere. */
export const tellError: TellError = (error, head, { requestId, logEntry }) => {
  const told = toGatewayError(error);
  logEntry.add({ error_code: told.code, error_message: told.message });
  if (told.code === "internal") logEntry.add({ error: told.cause });
  const headers: Record<string, string> = { "cache-control": "no-store" };
  // The rest of the body may come yet, and would be taken for the next request.
  if (told.code === "request_timeout") headers.connection = "close";

  const protocol = protocolOfPath(head.path, head.header("anthropic-version"));
  if (protocol !== null) {
    const encoded = encodeError(protocol, told, requestId);
    if (protocol === "anthropic-messages") headers["request-id"] = requestId;
    return { status: encoded.status, headers: { ...headers, ...encoded.headers }, body: encoded.body };
  }
  if (told.retryAfterMs !== null) headers["retry-after"] = String(Math.max(1, Math.ceil(told.retryAfterMs / 1_000)));
  const body = { error: { code: told.code, message: told.message, request_id: requestId } };
  return { status: errorStatuses[told.code], headers, body };
};

/** The answer where Hono routed the request. */
export function errorResponse(error: unknown, context: GatewayContext): Response {
  const { status, headers, body } = tellError(error, context.req, context.get("exchange"));
  for (const name in headers) context.header(name, headers[name]);
  return context.json(body, status as ContentfulStatusCode);
}

function toGatewayError(error: unknown): GatewayError {
  if (!(error instanceof HTTPException)) return GatewayError.from(error);
  const code = error.status === 413 ? "request_too_large" : "invalid_request";
  return new GatewayError(code, error.message === "" ? "The request cannot be understood." : error.message, {
    cause: error,
  });
}
