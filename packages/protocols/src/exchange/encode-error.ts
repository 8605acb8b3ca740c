import type { GatewayError, Protocol } from "@copilot-llm/model";
import type { EncodedError } from "../codec/encoded-error.js";
import { protocolOf } from "./protocols.js";

/**
 * The error in the protocol's own shape, with the status by which its official SDK picks the class. Every 429 carries
 * `retry-after` from 1 to 59 seconds; the true wait is in `error.details.retry_after_seconds`. An `internal` error never
 * shows its message.
 */
export function encodeError(protocol: Protocol, error: GatewayError, requestId: string): EncodedError {
  return protocolOf(protocol).encodeError(error, requestId);
}
