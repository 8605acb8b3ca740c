import type { RequestRecord, TokenState } from "@copilot-llm/model";
import type { LiveEvent } from "@copilot-llm/provider";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import { keyBudgetNames } from "../keys/encode.js";
import { encodeAlert } from "../status/encode.js";
import type { LiveEventData, LiveKeyState, LiveRequest, LiveStartedRequest, LiveTokenState } from "./schemas.js";

type EventOf<Kind extends LiveEvent["kind"]> = Extract<LiveEvent, { kind: Kind }>;

/** What tells a reader that it has missed events. */
export const gapEvent = "event: gap\ndata: {}\n\n";

/** One event of the stream, in the form of server-sent events. */
export function encodeLiveEvent(event: LiveEvent, id: string): string {
  return `id: ${id}\nevent: ${event.kind}\ndata: ${JSON.stringify(dataOf(event))}\n\n`;
}

function dataOf(event: LiveEvent): LiveEventData {
  switch (event.kind) {
    case "request_started":
      return encodeStart(event.request);
    case "request":
      return encodeRequest(event.record);
    case "token_state":
      return encodeTokenState(event);
    case "key_state":
      return encodeKeyState(event);
    case "key_changed":
      return { key_id: event.keyId };
    case "settings_changed":
      return {};
    case "alert":
      return { ...encodeAlert(event.alert), stands: event.stands };
  }
}

function encodeTokenState({ tokenId, alias, state }: EventOf<"token_state">): LiveTokenState {
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

function encodeKeyState({ keyId, alias, standing }: EventOf<"key_state">): LiveKeyState {
  const { state, limitedBy, resetsAtMs } = standing;
  return {
    key_id: keyId,
    alias,
    state,
    limited_by: limitedBy === null ? null : keyBudgetNames[limitedBy],
    resets_at: encodeNullableTime(resetsAtMs),
  };
}

function encodeStart(request: EventOf<"request_started">["request"]): LiveStartedRequest {
  return {
    id: request.id,
    sent_at: encodeTime(request.sentAtMs),
    key_id: request.keyId,
    key_alias: request.keyAlias,
    token_id: request.tokenId,
    token_alias: request.tokenAlias,
    model: request.model,
    protocol: request.protocol,
    user_agent: request.userAgent,
  };
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
