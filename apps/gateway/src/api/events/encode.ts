import type { RequestRecord, TokenState } from "@copilot-llm/model";
import type { LiveEvent } from "@copilot-llm/provider";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import { encodeAlert } from "../status/encode.js";
import type { LiveAlert, LiveKeyChange, LiveRequest, LiveTokenState } from "./schemas.js";

/** What tells a reader that it has missed events. */
export const gapEvent = "event: gap\ndata: {}\n\n";

/** One event of the stream, in the form of server-sent events. */
export function encodeLiveEvent(event: LiveEvent, id: string): string {
  return `id: ${id}\nevent: ${event.kind}\ndata: ${JSON.stringify(dataOf(event))}\n\n`;
}

function dataOf(event: LiveEvent): LiveRequest | LiveTokenState | LiveKeyChange | LiveAlert | Record<string, never> {
  switch (event.kind) {
    case "request":
      return encodeRequest(event.record);
    case "token_state":
      return encodeTokenState(event);
    case "key_changed":
      return { key_id: event.keyId };
    case "settings_changed":
      return {};
    case "alert":
      return { ...encodeAlert(event.alert), stands: event.stands };
  }
}

function encodeTokenState({ tokenId, alias, state }: Extract<LiveEvent, { kind: "token_state" }>): LiveTokenState {
  return {
    token_id: tokenId,
    alias,
    status: state?.status ?? null,
    error_message: state !== null && "reason" in state ? state.reason : null,
    cooling_until: state === null ? null : restsUntil(state),
  };
}

function restsUntil(state: TokenState): string | null {
  return encodeNullableTime("untilMs" in state ? state.untilMs : null);
}

function encodeRequest(record: RequestRecord): LiveRequest {
  return {
    id: record.id,
    session_id: record.conversationId,
    started_at: encodeTime(record.startedAtMs),
    key_id: record.keyId,
    key_alias: record.keyAlias,
    token_id: record.tokenId,
    token_alias: record.tokenAlias,
    model: record.modelUsed,
    protocol: record.protocol,
    initiator: record.initiator,
    user_agent: record.userAgent,
    outcome: record.outcome,
    status: record.status,
    error_code: record.errorCode,
    duration_ms: record.durationMs,
    ttft_ms: record.timeToFirstTokenMs,
    input_tokens: record.usage?.inputTokens ?? 0,
    output_tokens: record.usage?.outputTokens ?? 0,
    premium_units: record.premiumUnits,
    nano_aiu: record.nanoAiu,
  };
}
