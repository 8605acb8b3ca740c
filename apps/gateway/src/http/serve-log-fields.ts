import { nanoAiuPerCredit } from "@copilot-llm/model";
import type { ServeAnswer } from "@copilot-llm/provider";
import type { RequestLogFields } from "./request-log-entry.js";

/** What a log line tells of a served request. Called when it has ended, so that a stream's own figures are in. */
export function serveLogFields({ trace, error }: ServeAnswer): RequestLogFields {
  const { ended } = trace;
  const errorCode = ended?.errorCode ?? error?.code;
  const usage = ended?.usage ?? null;
  const nanoAiu = ended?.nanoAiu ?? null;
  return {
    model: trace.modelUsed,
    model_asked: trace.modelAsked,
    token_id: trace.tokenId,
    attempts: trace.attempts,
    stream: trace.stream,
    ttft_ms: trace.timeToFirstTokenMs,
    changes: trace.changes.length === 0 ? undefined : trace.changes,
    warnings: trace.warnings.length === 0 ? undefined : trace.warnings,
    outcome: ended?.outcome,
    premium_requests: ended?.premiumUnits,
    input_tokens: usage?.inputTokens,
    output_tokens: usage?.outputTokens,
    credits: nanoAiu === null ? undefined : nanoAiu / nanoAiuPerCredit,
    error_code: errorCode,
    error_message: error?.message,
  };
}
