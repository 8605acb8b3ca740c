import type { Operation } from "./request-record.js";
import type { Protocol } from "./wire.js";

/** A file that somebody uploaded, or the items of a batch that came in one request (`batch_internal`). */
export interface StoredFile {
  readonly id: string;
  /** The principal whose file it is. */
  readonly ownerId: string;
  readonly name: string;
  readonly purpose: "batch" | "batch_internal";
  readonly bytes: number;
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
}

/** Whose batches they are, as clients know them. */
export type BatchApi = "openai" | "anthropic";

export type BatchStatus =
  | "validating"
  | "in_progress"
  /** Nothing more is begun; what runs goes on to its end. */
  | "cancelling"
  | "completed"
  | "cancelled"
  | "expired"
  /** Its file cannot be used: nothing was run. */
  | "failed";

/** How many items are in which state. */
export interface BatchCounts {
  readonly total: number;
  readonly pending: number;
  readonly running: number;
  readonly succeeded: number;
  readonly errored: number;
  readonly cancelled: number;
  readonly expired: number;
}

/** What is wrong with a batch's file. */
export interface BatchProblem {
  /** From 1; null for the file as a whole. */
  readonly line: number | null;
  readonly code: string;
  readonly message: string;
  readonly param: string | null;
}

/** Requests that are run when there is quota to spare. */
export interface Batch {
  readonly id: string;
  /** The principal whose batch it is. */
  readonly ownerId: string;
  /** The key that pays; null without a managed one. */
  readonly keyId: string | null;
  readonly ownerName: string;
  readonly api: BatchApi;
  readonly protocol: Protocol;
  readonly operation: Operation;
  /** Client headers that go along with each item, as with a single request; lower-case names. */
  readonly wireHeaders: Readonly<Record<string, string>>;
  /** Where its items' requests are. */
  readonly fileId: string;
  readonly status: BatchStatus;
  readonly metadata: Readonly<Record<string, string>>;
  readonly createdAtMs: number;
  readonly startedAtMs: number | null;
  readonly cancelRequestedAtMs: number | null;
  readonly endedAtMs: number | null;
  /** Nothing is begun any more from then on. */
  readonly expiresAtMs: number;
  readonly counts: BatchCounts;
  /** Why it failed. */
  readonly problems: readonly BatchProblem[];
}

export type BatchItemState = "pending" | "running" | "succeeded" | "errored" | "cancelled" | "expired";

/** One request of a batch. */
export interface BatchItem {
  readonly batchId: string;
  /** Its place in the batch, from 0. */
  readonly index: number;
  /** The client's own id for it. */
  readonly customId: string;
  /** Where its request is in the batch's file, in bytes. */
  readonly offset: number;
  readonly length: number;
  readonly state: BatchItemState;
  /** How often it was sent without a final answer. */
  readonly tries: number;
  /** Of the request that was made for it; null before, and where none was made. */
  readonly requestId: string | null;
  /** The HTTP status it was answered with. */
  readonly status: number | null;
  /** The body it was answered with. */
  readonly answer: Uint8Array | null;
  readonly endedAtMs: number | null;
}
