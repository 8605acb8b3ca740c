import type { Batch, BatchStatus, JsonObject, StoredFile } from "@copilot-llm/model";
import { batchEndpointOf } from "./batch-endpoint.js";
import { hasOutputFile, type OutputKind, outputFileId } from "./output-file.js";

/** The batch as OpenAI's API shows it. */
export function encodeOpenaiBatch(batch: Batch): JsonObject {
  const { counts, problems, metadata } = batch;
  const endedAs = (...statuses: readonly BatchStatus[]): number | null =>
    statuses.includes(batch.status) ? seconds(batch.endedAtMs) : null;
  const fileOf = (kind: OutputKind): string | null =>
    hasOutputFile(batch, kind) ? outputFileId(batch.id, kind) : null;
  return {
    id: batch.id,
    object: "batch",
    endpoint: batchEndpointOf(batch.protocol).url,
    errors: problems.length === 0 ? null : { object: "list", data: problems.map((problem) => ({ ...problem })) },
    input_file_id: batch.fileId,
    completion_window: "24h",
    status: batch.status,
    output_file_id: fileOf("output"),
    error_file_id: fileOf("errors"),
    created_at: seconds(batch.createdAtMs),
    in_progress_at: seconds(batch.startedAtMs),
    expires_at: seconds(batch.expiresAtMs),
    finalizing_at: endedAs("completed"),
    completed_at: endedAs("completed"),
    failed_at: endedAs("failed"),
    expired_at: endedAs("expired"),
    cancelling_at: seconds(batch.cancelRequestedAtMs),
    cancelled_at: endedAs("cancelled"),
    request_counts: { total: counts.total, completed: counts.succeeded, failed: counts.errored },
    metadata: Object.keys(metadata).length === 0 ? null : { ...metadata },
  };
}

/** An uploaded file as OpenAI's API shows it. */
export function encodeOpenaiFile(file: StoredFile): JsonObject {
  return {
    id: file.id,
    object: "file",
    bytes: file.bytes,
    created_at: seconds(file.createdAtMs),
    expires_at: seconds(file.expiresAtMs),
    filename: file.name,
    purpose: file.purpose,
    status: "processed",
    status_details: null,
  };
}

/** A file of a batch's results as OpenAI's API shows it. */
export function encodeOpenaiOutputFile(batch: Batch, kind: OutputKind, bytes: number): JsonObject {
  return {
    id: outputFileId(batch.id, kind),
    object: "file",
    bytes,
    created_at: seconds(batch.endedAtMs),
    expires_at: null,
    filename: `${batch.id}_${kind}.jsonl`,
    purpose: "batch_output",
    status: "processed",
    status_details: null,
  };
}

/** The API tells times in whole seconds. */
function seconds(ms: number): number;
function seconds(ms: number | null): number | null;
function seconds(ms: number | null): number | null {
  return ms === null ? null : Math.floor(ms / 1_000);
}
