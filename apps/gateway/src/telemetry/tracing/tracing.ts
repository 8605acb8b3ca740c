import type { RequestWatch, ServeCall } from "@copilot-llm/provider";
import type { StartSpan } from "../../http/request-span.js";

/** Traces and metrics for OpenTelemetry. Nothing here knows its SDK, which is loaded only when it is wanted. */
export interface Tracing {
  readonly startSpan: StartSpan;
  /** Follows a request to a model below the HTTP request with the same id, or by itself where there is none. */
  readonly watchRequest: (call: ServeCall) => RequestWatch | null;
  /** Sends what is left, for a bounded time. Never rejects. */
  close(): Promise<void>;
}
