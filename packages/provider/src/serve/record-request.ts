import {
  type Charges,
  GatewayError,
  type Log,
  type ReportedUsage,
  type RequestOutcome,
  type RequestRecord,
} from "@copilot-llm/model";
import { actualCharges } from "@copilot-llm/quota";
import type { BatchItemResult, Ledger } from "@copilot-llm/stores";
import type { RequestTrace } from "./request-trace.js";
import type { ResponseHistory } from "./response-history.js";
import type { BatchWork } from "./serve-call.js";

export interface RecordOptions {
  readonly ledger: Pick<Ledger, "append" | "release">;
  readonly responseHistory: Pick<ResponseHistory, "remember">;
  /** Hears of every request that has ended, once it is on record. */
  readonly onRecord: (record: RequestRecord) => void;
  readonly log: Log;
  /** While requests cannot be recorded: true serves them all the same, false refuses them. */
  readonly servesUnrecorded: boolean;
}

export interface EndedRequest {
  readonly outcome: RequestOutcome;
  readonly status: number;
  readonly error: GatewayError | null;
  /** What the upstream counted; null when it was not reached. */
  readonly usage: ReportedUsage | null;
  /** As the client got it; null when bodies are not recorded. */
  readonly response: Uint8Array | null;
}

/**
 * Charges the request and puts it on record, as one step. Never rejects; resolves with what the client is to be told
 * instead of an answer, which is null unless the request is not on record and nothing may be served unrecorded.
 */
export type RecordRequest = (trace: RequestTrace, ended: EndedRequest) => Promise<GatewayError | null>;

const noCharges: Charges = { requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 };

/** One recorder for all requests. */
export function createRecordRequest(options: RecordOptions): RecordRequest {
  const { ledger, responseHistory, onRecord, log, servesUnrecorded } = options;
  return async (trace, ended) => {
    const { call } = trace;
    const isLeftOpen = ended.error !== null && call.batch?.mayTryAgain(ended.error, trace.attempts) === true;
    if (isLeftOpen && trace.attempts === 0) {
      await ledger.release(call.requestId).catch(() => {});
      return null;
    }
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
      const batchItem = isLeftOpen ? null : batchItemOf(call.batch, ended);
      const entry = { record, bodies, charges };
      await ledger.append(batchItem === null ? entry : { ...entry, batchItem });
      if (batchItem !== null) call.batch?.onSettled();
      onRecord(record);
      if (bodies !== null && call.batch === undefined)
        responseHistory.remember(record.id, call.protocol, bodies.response);
      return null;
    } catch (error) {
      log.error("a request could not be recorded", { request_id: record.id, record, error });
      await ledger.release(record.id).catch(() => {});
      return servesUnrecorded ? null : GatewayError.from(error);
    }
  };
}

/** Null also for an answer that broke off: the item is tried again. */
function batchItemOf(
  batch: BatchWork | undefined,
  { outcome, status, response }: EndedRequest,
): BatchItemResult | null {
  if (batch === undefined || response === null || outcome === "aborted") return null;
  const state = outcome === "completed" ? "succeeded" : "errored";
  return { batchId: batch.batchId, index: batch.index, state, status, answer: response };
}

/** Nothing for what never reached the upstream, and for counting tokens, which is free. */
function chargesOf({ billedModel: model, attempts, initiator, call }: RequestTrace, ended: EndedRequest): Charges {
  if (model === null || attempts === 0 || call.operation === "count_tokens") return noCharges;
  return actualCharges({
    model,
    initiator,
    usage: ended.usage,
    outcome: ended.outcome,
    promptBytes: call.body.length,
  });
}
