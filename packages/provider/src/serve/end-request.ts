import type { RequestRecord } from "@copilot-llm/model";
import type { RequestTrace } from "./request-trace.js";

/** Tells that a request has ended. To be called once for each, when nothing that ends it comes any more. */
export type EndRequest = (trace: RequestTrace) => void;

/** `onRequestEnd` hears of every request, whether or not it could be recorded; it must neither throw nor wait. */
export function createEndRequest(onRequestEnd: (record: RequestRecord) => void): EndRequest {
  return (trace) => {
    const ended = trace.end();
    if (ended !== null) onRequestEnd(ended);
  };
}
