import type { RecordedRequest, SessionSummary } from "@copilot-llm/stores";
import { encodeTime } from "../../http/encode-time.js";
import type { RecordedRequestView, SessionView } from "./schemas.js";

export function encodeSession(summary: SessionSummary): SessionView {
  const { latest } = summary;
  return {
    id: summary.id,
    first_at: encodeTime(summary.firstAtMs),
    last_at: encodeTime(summary.lastAtMs),
    requests: summary.requests,
    errors: summary.errors,
    input_tokens: summary.inputTokens,
    output_tokens: summary.outputTokens,
    premium_units: summary.premiumUnits,
    nano_aiu: summary.nanoAiu,
    models: [...summary.models],
    token_aliases: [...summary.tokenAliases],
    key_id: latest.keyId,
    key_alias: latest.keyAlias,
    protocol: latest.protocol,
    status: latest.outcome,
  };
}

/** One recorded request; a line of the JSONL export, and of the session that it belongs to. */
export function encodeRecordedRequest({ record, bodies }: RecordedRequest): RecordedRequestView {
  const { usage } = record;
  return {
    id: record.id,
    session_id: record.conversationId,
    at: encodeTime(record.startedAtMs),
    key_id: record.keyId,
    key_alias: record.keyAlias,
    token_id: record.tokenId,
    token_alias: record.tokenAlias,
    client_ip: record.clientIp,
    user_agent: record.userAgent,
    operation: record.operation,
    protocol: record.protocol,
    wire: record.wire,
    stream: record.stream,
    model_asked: record.modelAsked,
    model_used: record.modelUsed,
    initiator: record.initiator,
    attempts: record.attempts.map((attempt) => ({
      token_id: attempt.tokenId,
      status: attempt.status,
      failure: attempt.failure,
      duration_ms: attempt.durationMs,
    })),
    outcome: record.outcome,
    status: record.status,
    error_code: record.errorCode,
    ttft_ms: record.timeToFirstTokenMs,
    duration_ms: record.durationMs,
    input_tokens: usage?.inputTokens ?? null,
    output_tokens: usage?.outputTokens ?? null,
    cache_read_tokens: usage?.cacheReadTokens ?? null,
    cache_write_tokens: usage?.cacheWriteTokens ?? null,
    reasoning_tokens: usage?.reasoningTokens ?? null,
    premium_units: record.premiumUnits,
    nano_aiu: record.nanoAiu,
    recording: record.recording,
    request: bodies === null ? null : Buffer.from(bodies.request).toString(),
    response: bodies === null ? null : Buffer.from(bodies.response).toString(),
  };
}
