import { type ErrorCode, GatewayError, type UpstreamErrorInfo, type Wire } from "@copilot-llm/model";
import { type EncodedError, encodeError } from "./encode-error.js";

/** An error that the upstream told inside a stream, in the client's protocol. */
export function encodeUpstreamError(protocol: Wire, upstream: UpstreamErrorInfo, requestId: string): EncodedError {
  return encodeError(protocol, new GatewayError(mapCode(upstream.status), upstream.message, { upstream }), requestId);
}

function mapCode(status: number): ErrorCode {
  if (status === 429 || status === 529 || status === 503) return "upstream_rate_limited";
  if (status === 402) return "quota_exceeded";
  return status >= 400 && status < 500 ? "upstream_rejected" : "upstream_error";
}
