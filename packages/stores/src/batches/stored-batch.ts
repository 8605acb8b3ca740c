import type { Batch, BatchItem, BatchItemState, BatchStatus } from "@copilot-llm/model";
import type { NewBatch } from "../interfaces/batch-store.js";

/** What becomes of items that nobody begins any more. */
export type EndsAs = "cancelled" | "expired";

/** A batch as both backends keep it: one table, the same columns. */
export interface BatchRow {
  readonly position: number;
  readonly id: string;
  readonly owner_id: string;
  readonly key_id: string | null;
  readonly owner_name: string;
  readonly api: Batch["api"];
  readonly protocol: Batch["protocol"];
  readonly operation: Batch["operation"];
  readonly file_id: string;
  readonly status: BatchStatus;
  /** Set once nothing more is begun: pending items count as this from then on, without being touched. */
  readonly ends_as: EndsAs | null;
  /** JSON, as the next two. */
  readonly wire_headers: string;
  readonly metadata: string;
  readonly problems: string;
  readonly created_at_ms: number;
  readonly started_at_ms: number | null;
  readonly cancel_requested_at_ms: number | null;
  readonly ended_at_ms: number | null;
  readonly expires_at_ms: number;
  readonly total: number;
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly errored: number;
  readonly cancelled: number;
  readonly expired: number;
}

/** `cancelled` and `expired` are never stored: see `BatchRow.ends_as`. */
export type StoredItemState = "pending" | "running" | "succeeded" | "errored";

export interface ItemRow {
  readonly item: number;
  readonly custom_id: string;
  readonly file_offset: number;
  readonly file_bytes: number;
  readonly state: StoredItemState;
  readonly tries: number;
  readonly request_id: string | null;
  readonly status: number | null;
  readonly ended_at_ms: number | null;
  readonly answer: Uint8Array | null;
}

/** In the order of `encodeBatchRow`. */
export const batchColumns = [
  "id",
  "owner_id",
  "key_id",
  "owner_name",
  "api",
  "protocol",
  "operation",
  "file_id",
  "status",
  "ends_as",
  "wire_headers",
  "metadata",
  "problems",
  "created_at_ms",
  "started_at_ms",
  "cancel_requested_at_ms",
  "ended_at_ms",
  "expires_at_ms",
  "total",
  "pending",
  "running",
  "succeeded",
  "errored",
  "cancelled",
  "expired",
] as const satisfies readonly (keyof BatchRow)[];

export function createBatch(batch: NewBatch): Batch {
  return {
    ...batch,
    status: "validating",
    startedAtMs: null,
    cancelRequestedAtMs: null,
    endedAtMs: null,
    counts: { total: 0, pending: 0, running: 0, succeeded: 0, errored: 0, cancelled: 0, expired: 0 },
    problems: [],
  };
}

/** The values of `batchColumns`. Of a batch of which nothing runs, `ends_as` follows from how it ended. */
export function encodeBatchRow(batch: Batch): readonly (string | number | null)[] {
  const { counts, status } = batch;
  return [
    batch.id,
    batch.ownerId,
    batch.keyId,
    batch.ownerName,
    batch.api,
    batch.protocol,
    batch.operation,
    batch.fileId,
    status,
    status === "cancelled" || status === "expired" ? status : null,
    JSON.stringify(batch.wireHeaders),
    JSON.stringify(batch.metadata),
    JSON.stringify(batch.problems),
    batch.createdAtMs,
    batch.startedAtMs,
    batch.cancelRequestedAtMs,
    batch.endedAtMs,
    batch.expiresAtMs,
    counts.total,
    counts.pending,
    counts.running,
    counts.succeeded,
    counts.errored,
    counts.cancelled,
    counts.expired,
  ];
}

export function decodeBatchRow(row: BatchRow): Batch {
  const { total, pending, running, succeeded, errored, cancelled, expired } = row;
  return {
    id: row.id,
    ownerId: row.owner_id,
    keyId: row.key_id,
    ownerName: row.owner_name,
    api: row.api,
    protocol: row.protocol,
    operation: row.operation,
    wireHeaders: JSON.parse(row.wire_headers) as Batch["wireHeaders"],
    fileId: row.file_id,
    status: row.status,
    metadata: JSON.parse(row.metadata) as Batch["metadata"],
    createdAtMs: row.created_at_ms,
    startedAtMs: row.started_at_ms,
    cancelRequestedAtMs: row.cancel_requested_at_ms,
    endedAtMs: row.ended_at_ms,
    expiresAtMs: row.expires_at_ms,
    counts: { total, pending, running, succeeded, errored, cancelled, expired },
    problems: JSON.parse(row.problems) as Batch["problems"],
  };
}

export function decodeItemRow(row: ItemRow, batch: BatchRow): BatchItem {
  const isOver = row.state === "pending" && batch.ends_as !== null;
  return {
    batchId: batch.id,
    index: row.item,
    customId: row.custom_id,
    offset: row.file_offset,
    length: row.file_bytes,
    state: isOver && batch.ends_as !== null ? batch.ends_as : row.state,
    tries: row.tries,
    requestId: row.request_id,
    status: row.status,
    answer: row.answer,
    endedAtMs: isOver ? (batch.cancel_requested_at_ms ?? batch.expires_at_ms) : row.ended_at_ms,
  };
}

/** How items in one of the states are stored in the batch; those that run, and those that wait, are not settled. */
export function storedStates(states: readonly BatchItemState[], endsAs: EndsAs | null): readonly StoredItemState[] {
  const stored = states.filter((state) => state === "succeeded" || state === "errored");
  return endsAs !== null && states.includes(endsAs) ? [...stored, "pending"] : stored;
}

export const settledStates = ["succeeded", "errored", "cancelled", "expired"] as const;
