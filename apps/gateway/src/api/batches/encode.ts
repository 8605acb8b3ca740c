import type { Batch } from "@copilot-llm/model";
import type { BatchRunnerReading } from "@copilot-llm/provider";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import type { BatchRunnerView, BatchView } from "./schemas.js";

export function encodeBatch(batch: Batch): BatchView {
  return {
    id: batch.id,
    api: batch.api,
    protocol: batch.protocol,
    key_id: batch.keyId,
    owner: batch.ownerName,
    status: batch.status,
    counts: { ...batch.counts },
    metadata: { ...batch.metadata },
    created_at: encodeTime(batch.createdAtMs),
    started_at: encodeNullableTime(batch.startedAtMs),
    cancel_requested_at: encodeNullableTime(batch.cancelRequestedAtMs),
    ended_at: encodeNullableTime(batch.endedAtMs),
    expires_at: encodeTime(batch.expiresAtMs),
    problems: batch.problems.map((problem) => ({ ...problem })),
  };
}

export function encodeBatchRunner({ state, untilMs, running }: BatchRunnerReading): BatchRunnerView {
  return { state, until: encodeNullableTime(untilMs), running };
}
