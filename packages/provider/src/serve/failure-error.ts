import { GatewayError, type UpstreamFailure } from "@copilot-llm/model";

/** What a client is told when this failure is the last word: no other token was tried, or none was left. */
export function failureError(failure: UpstreamFailure): GatewayError {
  const upstream = failure.error;
  const retry = failure.retryAfterMs === null ? {} : { retryAfterMs: failure.retryAfterMs };
  switch (failure.kind) {
    case "unreachable":
    case "misdirected":
      return new GatewayError("upstream_error", upstream.message, { upstream });
    case "timeout":
      return new GatewayError("upstream_timeout", "GitHub Copilot did not answer in time.", { upstream });
    case "unauthorized":
    case "forbidden":
      return new GatewayError("unavailable", "GitHub refused every token that could serve this request.", { upstream });
    case "quota_exhausted":
      return new GatewayError(
        "quota_exceeded",
        "The premium quota of every token that could serve this request is used up.",
        {
          upstream,
          ...retry,
        },
      );
    case "account_rate_limited":
    case "model_rate_limited":
      return new GatewayError(
        "no_token_available",
        `Every token that could serve this request is rate limited: ${upstream.message}`,
        {
          upstream,
          ...retry,
        },
      );
    case "shared_rate_limited":
      return new GatewayError("upstream_rate_limited", upstream.message, { upstream, ...retry });
    case "client_outdated":
      return new GatewayError("upstream_error", "GitHub Copilot no longer accepts this version of the gateway's SDK.", {
        upstream,
      });
    case "invalid_signature":
    case "rejected":
      return new GatewayError("upstream_rejected", upstream.message, { upstream, ...retry });
  }
}
