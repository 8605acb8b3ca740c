import type { RecordedRequest, SessionSummary } from "@copilot-llm/stores";
import { encodeTime } from "../../http/encode-time.js";
import { encodeRequestFacts } from "../requests/encode.js";
import type { RecordedRequestView, SessionView } from "./schemas.js";

export function encodeSession(summary: SessionSummary, title: string | null): SessionView {
  const { latest } = summary;
  return {
    id: summary.id,
    title,
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
    error_code: latest.errorCode,
    client: latest.userAgent,
    initiator: latest.initiator,
    duration_ms: Math.max(latest.startedAtMs + latest.durationMs, summary.lastAtMs) - summary.firstAtMs,
  };
}

/** One recorded request; a line of the JSONL export, and of the session that it belongs to. */
export function encodeRecordedRequest({ record, bodies }: RecordedRequest): RecordedRequestView {
  return {
    ...encodeRequestFacts(record),
    request: bodies === null ? null : Buffer.from(bodies.request).toString(),
    response: bodies === null ? null : Buffer.from(bodies.response).toString(),
  };
}
