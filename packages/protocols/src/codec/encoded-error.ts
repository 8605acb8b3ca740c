import type { GatewayError, JsonObject } from "@copilot-llm/model";
import { errorStatuses } from "./error-statuses.js";

/** An error answer, ready to be sent as JSON. Header names are in lower case. */
export interface EncodedError {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: JsonObject;
}

/** The status of an error, with what the upstream itself said taken into account. */
export function mapErrorStatus(error: GatewayError): number {
  const { upstream } = error;
  if (error.code === "upstream_rejected" && upstream !== null) {
    return upstream.status >= 400 && upstream.status < 500 ? upstream.status : 400;
  }
  return isOverloaded(error) ? 503 : errorStatuses[error.code];
}

/** True when the service as a whole has no room, rather than one client having had enough. */
export function isOverloaded({ code, upstream }: GatewayError): boolean {
  return code === "upstream_rate_limited" && (upstream?.status === 503 || upstream?.status === 529);
}

/** What the client reads. An `internal` error never shows its message. */
export function clientMessage(error: GatewayError, requestId: string): string {
  if (error.code === "internal") return `The gateway failed to handle this request (request id ${requestId}).`;
  return error.code === "upstream_rejected" && error.upstream !== null ? error.upstream.message : error.message;
}

/** What no repeat can mend: agents that are not told so ask again for minutes, in silence (docs/clients.md#refusals). */
const isFinal: ReadonlySet<number> = new Set([400, 401, 402, 403, 404, 405, 409, 413, 415, 422]);

/** Statuses that say how long to wait, and how long where nobody knows: without it Codex asks thirty times in thirty seconds. */
const defaultWaitSeconds: Readonly<Record<number, number>> = { 429: 30, 503: 5, 529: 5 };

/**
 * The headers of an error answer. Every 429, 503 and 529 carries `retry-after` from 1 to 59 seconds, because SDKs really
 * sleep that long; the true wait is in `error.details.retry_after_seconds`. What no repeat can mend says so and names no
 * time.
 */
export function encodeErrorHeaders(error: GatewayError, status: number, requestId: string): Record<string, string> {
  const headers: Record<string, string> = { "content-type": "application/json", "x-request-id": requestId };
  if (isFinal.has(status)) return { ...headers, "x-should-retry": "false" };
  const waitSeconds = retryAfterSeconds(error.retryAfterMs) ?? defaultWaitSeconds[status];
  if (waitSeconds !== undefined) headers["retry-after"] = String(waitSeconds);
  if (error.upstream?.shouldRetry !== undefined) headers["x-should-retry"] = String(error.upstream.shouldRetry);
  if (status === 429 && error.retryAfterMs !== null && !isSoon(error.retryAfterMs)) headers["x-should-retry"] = "false";
  return headers;
}

/** Machine-readable facts beside the message: `{ details }`, or nothing. */
export function encodeErrorDetails(error: GatewayError): JsonObject {
  const details: Record<string, unknown> = { ...error.details };
  if (error.retryAfterMs !== null) details.retry_after_seconds = Math.ceil(error.retryAfterMs / 1000);
  return Object.keys(details).length === 0 ? {} : { details: details as JsonObject };
}

/** True when waiting is worth a client's while: the SDKs sleep at most a minute. */
function isSoon(retryAfterMs: number | null): boolean {
  return retryAfterMs !== null && retryAfterMs <= 60_000;
}

function retryAfterSeconds(retryAfterMs: number | null): number | null {
  if (retryAfterMs === null) return null;
  return Math.min(59, Math.max(1, Math.ceil(retryAfterMs / 1000)));
}
