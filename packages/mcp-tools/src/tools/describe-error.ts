import { GatewayError, type Log } from "@copilot-llm/model";

/** What a client is told of a failed call. Internals go to the log only. */
export function describeError(error: unknown, log: Log): string {
  const told = GatewayError.from(error);
  if (told.code === "internal") {
    log.error("a call failed", { error });
    return "The server failed to handle this call. Its log says why.";
  }
  const message = told.code === "upstream_rejected" && told.upstream !== null ? told.upstream.message : told.message;
  if (told.retryAfterMs === null) return message;
  return `${message} Try again in ${describeWait(Math.ceil(told.retryAfterMs / 1_000))}.`;
}

function describeWait(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.ceil(seconds / 60)} minutes`;
  return `${Math.ceil(seconds / 3_600)} hours`;
}
