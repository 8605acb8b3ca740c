import { type Batch, type BatchItem, isJsonObject, parseJsonObject } from "@copilot-llm/model";
import type { BatchRunnerReading } from "@copilot-llm/provider";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import type { BatchItemPage, BatchRunnerView, BatchView } from "./schemas.js";

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

type BatchItemView = BatchItemPage["items"][number];

/** An item that has ended. */
export function encodeBatchItem(item: BatchItem): BatchItemView {
  const { index, customId, state, status, requestId, answer } = item;
  if (state === "pending" || state === "running") throw new Error(`item ${index} has not ended`);
  const error = state === "errored" && answer !== null ? readError(answer) : null;
  return { index, custom_id: customId, state, status, request_id: requestId, error };
}

/** What an answer in either API's shape says went wrong. */
function readError(answer: Uint8Array): NonNullable<BatchItemView["error"]> {
  const { error } = parseJsonObject(Buffer.from(answer).toString()) ?? {};
  if (!isJsonObject(error)) return { code: null, message: null };
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  return { code: text(error.code) ?? text(error.type), message: text(error.message) };
}
