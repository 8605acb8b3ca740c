import {
  type Charges,
  GatewayError,
  type RecordingMode,
  type ReportedUsage,
  type RequestOutcome,
} from "@copilot-llm/model";
import { actualCharges } from "@copilot-llm/quota";
import { keyOf } from "../principal.js";
import type { RequestTrace } from "./request-trace.js";
import type { ServeCall } from "./serve-call.js";
import type { ServeOptions } from "./serve-options.js";

export interface EndedRequest {
  readonly outcome: RequestOutcome;
  readonly status: number;
  readonly error: GatewayError | null;
  /** What the upstream counted; null when it was not reached. */
  readonly usage: ReportedUsage | null;
  /** As the client got it; null when bodies are not recorded. */
  readonly response: Uint8Array | null;
}

const noCharges: Charges = { requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 };
const modesByWeight: readonly RecordingMode[] = ["off", "metadata", "full"];

/** The gateway's recording mode, or less where the key wants less. */
export function recordingModeFor(options: ServeOptions, call: ServeCall): RecordingMode {
  const gateway = options.settings().recording ?? options.recording;
  const own = keyOf(call.principal)?.recording ?? gateway;
  return modesByWeight.indexOf(own) < modesByWeight.indexOf(gateway) ? own : gateway;
}

/**
 * Charges the request and puts it on record, as one step. Never rejects; resolves with what the client is to be told
 * instead of an answer, which is null unless the request is not on record and nothing may be served unrecorded.
 */
export async function recordRequest(
  options: ServeOptions,
  trace: RequestTrace,
  ended: EndedRequest,
): Promise<GatewayError | null> {
  const { call } = trace;
  trace.conversation.end(ended.outcome === "completed");
  const charges = chargesOf(trace, ended);
  const bodies =
    trace.recording === "full" && ended.response !== null ? { request: call.body, response: ended.response } : null;
  const record = trace.record({
    outcome: ended.outcome,
    status: ended.status,
    errorCode: ended.error?.code ?? null,
    usage: ended.usage,
    premiumUnits: charges.premiumUnits,
    nanoAiu: ended.usage === null ? null : charges.nanoAiu,
  });
  try {
    await options.stores.ledger.append({ record, bodies, charges });
    options.onRecord(record);
    if (bodies !== null) options.responseHistory.remember(record.id, call.protocol, bodies.response);
    return null;
  } catch (error) {
    options.log.error("a request could not be recorded", { request_id: record.id, record, error });
    await options.stores.ledger.release(record.id).catch(() => {});
    return options.servesUnrecorded ? null : GatewayError.from(error);
  }
}

/** Nothing for what never reached the upstream, and for counting tokens, which is free. */
function chargesOf(trace: RequestTrace, ended: EndedRequest): Charges {
  const { billedModel: model, call } = trace;
  if (model === null || trace.attempts === 0 || call.operation === "count_tokens") return noCharges;
  return actualCharges({
    model,
    initiator: trace.initiator,
    usage: ended.usage,
    outcome: ended.outcome,
    promptBytes: call.body.length,
  });
}
