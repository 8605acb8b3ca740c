import type { GatewayError, JsonObject, Protocol } from "@copilot-llm/model";
import { stringOrNull } from "../body/json.js";
import { isSoon, mapError } from "./map-error.js";

/** An error answer, ready to be sent as JSON. Header names are in lower case. */
export interface EncodedError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/**
 * The error in the protocol's own shape, with the status by which its official SDK picks the class. Every 429 carries
 * `retry-after` from 1 to 59 seconds, because SDKs really sleep that long and Codex retries only with it; the true
 * wait is in `error.details.retry_after_seconds`. An `internal` error never shows its message.
 */
export function encodeError(protocol: Protocol, error: GatewayError, requestId: string): EncodedError {
  const form = mapError(error);
  const isAnthropic = protocol === "anthropic-messages";
  const status = isAnthropic ? (form.anthropicStatus ?? form.status) : form.status;
  const headers = encodeHeaders(error, status, requestId);
  const message = clientMessage(error, requestId);
  const details = encodeDetails(error);
  if (isAnthropic) {
    return {
      status,
      headers: { ...headers, "request-id": requestId },
      body: { type: "error", error: { type: form.anthropicType, message, ...details }, request_id: requestId },
    };
  }
  const type = form.openaiType;
  const code = form.openaiCode ?? stringOrNull(error.details?.error_code);
  const param = error.param ?? (error.code === "model_not_found" ? "model" : null);
  return { status, headers, body: { error: { message, type, code, param, ...details } } };
}

function clientMessage(error: GatewayError, requestId: string): string {
  if (error.code === "internal") return `The gateway failed to handle this request (request id ${requestId}).`;
  return error.code === "upstream_rejected" && error.upstream !== null ? error.upstream.message : error.message;
}

function encodeHeaders(error: GatewayError, status: number, requestId: string): Record<string, string> {
  const headers: Record<string, string> = { "content-type": "application/json", "x-request-id": requestId };
  const isThrottled = status === 429;
  if (error.upstream?.shouldRetry !== undefined) headers["x-should-retry"] = String(error.upstream.shouldRetry);
  if (isThrottled || error.retryAfterMs !== null)
    headers["retry-after"] = String(retryAfterSeconds(error.retryAfterMs));
  if (status === 402 || status === 409 || (isThrottled && error.retryAfterMs !== null && !isSoon(error.retryAfterMs))) {
    headers["x-should-retry"] = "false";
  }
  if (isThrottled && error.code === "limit_exceeded" && error.retryAfterMs === null)
    headers["x-should-retry"] = "false";
  return headers;
}

function retryAfterSeconds(retryAfterMs: number | null): number {
  if (retryAfterMs === null) return 30;
  return Math.min(59, Math.max(1, Math.ceil(retryAfterMs / 1000)));
}

function encodeDetails(error: GatewayError): JsonObject {
  const details: Record<string, unknown> = { ...error.details };
  if (error.retryAfterMs !== null) details.retry_after_seconds = Math.ceil(error.retryAfterMs / 1000);
  return Object.keys(details).length === 0 ? {} : { details: details as JsonObject };
}
