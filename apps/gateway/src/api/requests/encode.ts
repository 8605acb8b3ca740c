import type { RequestRecord } from "@copilot-llm/model";
import type { TimedEvent } from "@copilot-llm/provider";
import type { RecordedRequest } from "@copilot-llm/stores";
import { encodeTime } from "../../http/encode-time.js";
import type { RequestDetail, RequestFacts, StreamEvents } from "./schemas.js";

/** A recorded request without its bodies. */
export function encodeRequestFacts(record: RequestRecord): RequestFacts {
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
      changes: [...(attempt.changes ?? [])],
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
  };
}

export function encodeRequestDetail({ record, bodies }: RecordedRequest): RequestDetail {
  return {
    ...encodeRequestFacts(record),
    request_bytes: bodies?.request.length ?? null,
    response_bytes: bodies?.response.length ?? null,
  };
}

export function encodeStreamEvent(
  { event, data, atMs }: TimedEvent,
  startedAtMs: number,
): StreamEvents["events"][number] {
  return { event: event === "" ? null : event, data, at_ms: atMs === null ? null : Math.max(0, atMs - startedAtMs) };
}
