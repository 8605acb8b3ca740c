import { type ErrorCode, GatewayError, type UpstreamErrorInfo } from "@copilot-llm/model";

/** An error that the upstream told inside a stream, as one of ours. */
export function createUpstreamError(upstream: UpstreamErrorInfo): GatewayError {
  return new GatewayError(mapCode(upstream.status), upstream.message, { upstream });
}

function mapCode(status: number): ErrorCode {
  if (status === 429 || status === 529 || status === 503) return "upstream_rate_limited";
  if (status === 402) return "quota_exceeded";
  return status >= 400 && status < 500 ? "upstream_rejected" : "upstream_error";
}
