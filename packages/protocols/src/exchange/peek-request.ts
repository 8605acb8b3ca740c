import type { Protocol } from "@copilot-llm/model";
import { parseBody } from "../body/parse-body.js";
import type { RequestPeek } from "../body/request-peek.js";
import { parseModel, parseStream } from "../body/require-field.js";
import { protocolOf } from "./protocols.js";

/**
 * Parses the body once and reads what the gateway must know. Throws GatewayError `invalid_request`, with `param`
 * where a field is at fault, for what no upstream could serve; fields that the gateway does not need are not looked at.
 */
export function peekRequest(protocol: Protocol, bytes: Uint8Array): RequestPeek {
  const { value, hasPlainModel } = parseBody(bytes);
  return {
    bytes,
    body: value,
    hasPlainModel,
    model: parseModel(value),
    stream: parseStream(value),
    ...protocolOf(protocol).peek(value),
  };
}
