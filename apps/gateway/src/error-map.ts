import { GatewayError } from "@copilot-llm/model";
import { encodeError } from "@copilot-llm/protocols";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { errorStatuses } from "./api/route/error-statuses.js";
import { protocolOfPath } from "./data/data-paths.js";
import { unavailableRetrySeconds } from "./http/health.js";
import type { AnswerError } from "./http/http-error-answer.js";
import type { GatewayContext } from "./http/request-context.js";

/** The one place where an error becomes an HTTP answer: in the API's own shape on data routes, in ours elsewhere. */
export const answerError: AnswerError = (error, head, { requestId, logEntry }) => {
  const failure = toGatewayError(error);
  logEntry.add({ error_code: failure.code, error_message: failure.message });
  if (failure.code === "internal") logEntry.add({ error: failure.cause });
  const headers: Record<string, string> = { "cache-control": "no-store" };
  // The rest of the body may come yet, and would be taken for the next request.
  if (failure.code === "request_timeout") headers.connection = "close";

  const protocol = protocolOfPath(head.path, head.header("anthropic-version"));
  if (protocol !== null) {
    const encoded = encodeError(protocol, failure, requestId);
    if (protocol === "anthropic-messages") headers["request-id"] = requestId;
    return { status: encoded.status, headers: { ...headers, ...encoded.headers }, body: encoded.body };
  }
  if (failure.retryAfterMs !== null)
    headers["retry-after"] = String(Math.max(1, Math.ceil(failure.retryAfterMs / 1_000)));
  const status = errorStatuses[failure.code];
  if (status === 503) headers["retry-after"] ??= unavailableRetrySeconds;
  const body = { error: { code: failure.code, message: failure.message, request_id: requestId } };
  return { status, headers, body };
};

/** The answer where Hono routed the request. */
export function errorResponse(error: unknown, context: GatewayContext): Response {
  const { status, headers, body } = answerError(error, context.req, context.get("exchange"));
  for (const name in headers) context.header(name, headers[name]);
  return context.json(body, status as ContentfulStatusCode);
}

function toGatewayError(cause: unknown): GatewayError {
  if (!(cause instanceof HTTPException)) return GatewayError.from(cause);
  if (cause.status === 415) {
    // A body of no type is not taken for JSON: a form of another site sends one without asking first.
    return new GatewayError(
      "unsupported_encoding",
      "Send the body as JSON, with the header `content-type: application/json`.",
      { cause },
    );
  }
  const code = cause.status === 413 ? "request_too_large" : "invalid_request";
  return new GatewayError(code, cause.message === "" ? "The request cannot be understood." : cause.message, { cause });
}
