import type { Batch, JsonObject } from "@copilot-llm/model";

/** The batch as Anthropic's API shows it. `resultsUrl` is told once it has ended. */
export function encodeMessageBatch(batch: Batch, resultsUrl: string): JsonObject {
  const { counts } = batch;
  const hasEnded = batch.endedAtMs !== null;
  // Anthropic counts what has become of the requests only once all of them have ended.
  const ended = (count: number): number => (hasEnded ? count : 0);
  return {
    id: batch.id,
    type: "message_batch",
    processing_status: hasEnded ? "ended" : batch.status === "cancelling" ? "canceling" : "in_progress",
    request_counts: {
      processing: hasEnded ? 0 : counts.total,
      succeeded: ended(counts.succeeded),
      errored: ended(counts.errored),
      canceled: ended(counts.cancelled),
      expired: ended(counts.expired),
    },
    created_at: encodeTime(batch.createdAtMs),
    expires_at: encodeTime(batch.expiresAtMs),
    cancel_initiated_at: batch.cancelRequestedAtMs === null ? null : encodeTime(batch.cancelRequestedAtMs),
    ended_at: batch.endedAtMs === null ? null : encodeTime(batch.endedAtMs),
    archived_at: null,
    results_url: hasEnded ? resultsUrl : null,
  };
}

function encodeTime(ms: number): string {
  return new Date(ms).toISOString();
}
