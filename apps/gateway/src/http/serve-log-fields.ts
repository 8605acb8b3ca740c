import type { ServeAnswer } from "@copilot-llm/provider";
import type { RequestLogFields } from "./request-log-entry.js";

const nanoAiuPerCredit = 1e9;

/** What a log line tells of a served request. Called when it has ended, so that a stream's own figures are in. */
export function serveLogFields({ trace, error }: ServeAnswer): RequestLogFields {
  const { ended } = trace;
  const errorCode = ended?.errorCode ?? error?.code;
  return {
    model: trace.modelUsed,
    model_asked: trace.modelAsked,
    token_id: trace.tokenId,
    attempts: trace.attempts,
    stream: trace.stream,
    ttft_ms: trace.timeToFirstTokenMs,
    ...(trace.changes.length === 0 ? {} : { changes: trace.changes }),
    ...(trace.warnings.length === 0 ? {} : { warnings: trace.warnings }),
    ...(ended === null ? {} : { outcome: ended.outcome, premium_requests: ended.premiumUnits }),
    ...(ended?.usage == null ? {} : { input_tokens: ended.usage.inputTokens, output_tokens: ended.usage.outputTokens }),
    ...(ended?.nanoAiu == null ? {} : { credits: ended.nanoAiu / nanoAiuPerCredit }),
    ...(errorCode === undefined ? {} : { error_code: errorCode }),
    ...(error === null ? {} : { error_message: error.message }),
  };
}
