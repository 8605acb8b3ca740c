import type { Protocol } from "@copilot-llm/model";
import type { HeaderValues } from "../http/write-answer.js";

/** Names the request in the header that each API's SDK reads. */
export function protocolHeaders(protocol: Protocol, requestId: string): HeaderValues {
  return protocol === "anthropic-messages"
    ? { "x-request-id": requestId, "request-id": requestId }
    : { "x-request-id": requestId };
}
