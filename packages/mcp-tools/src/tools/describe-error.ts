import { GatewayError, type Log } from "@copilot-llm/model";

/** What a client reads of a failed call. Internals go to the log only. */
export function describeError(error: unknown, log: Log): string {
  const failure = GatewayError.from(error);
  if (failure.code === "internal") {
    log.error("a call failed", { error });
    return "The server failed to handle this call. Its log says why.";
  }
  const message =
    failure.code === "upstream_rejected" && failure.upstream !== null ? failure.upstream.message : failure.message;
  if (failure.retryAfterMs === null) return message;
  return `${message} Try again in ${describeWait(Math.ceil(failure.retryAfterMs / 1_000))}.`;
}

function describeWait(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.ceil(seconds / 60)} minutes`;
  return `${Math.ceil(seconds / 3_600)} hours`;
}
