import type { ServeAnswer } from "@copilot-llm/provider";
import type { RequestLogFields } from "./request-log-entry.js";

/** What a log line tells of a served request. Called when the answer has ended, so that a stream's own figures are in. */
export function serveLogFields({ trace, error }: ServeAnswer): RequestLogFields {
  return {
    model: trace.modelUsed,
    model_asked: trace.modelAsked,
    token_id: trace.tokenId,
    attempts: trace.attempts,
    stream: trace.stream,
    ttft_ms: trace.timeToFirstTokenMs,
    ...(trace.changes.length === 0 ? {} : { changes: trace.changes }),
    ...(trace.warnings.length === 0 ? {} : { warnings: trace.warnings }),
    ...(error === null ? {} : { error_code: error.code, error_message: error.message }),
  };
}
