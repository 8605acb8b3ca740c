import type { Batch, BatchApi, BatchItem, BatchProblem } from "@copilot-llm/model";
import type { Audited } from "./audited.js";

export type NewBatch = Omit<
  Batch,
  "status" | "startedAtMs" | "cancelRequestedAtMs" | "endedAtMs" | "counts" | "problems"
>;

export type ItemToAdd = Pick<BatchItem, "index" | "customId" | "offset" | "length">;

export type ItemPlace = Pick<BatchItem, "batchId" | "index">;

/** An item to give back. `failed`: a try more has failed, and the next is not made before `retryAtMs`. */
export interface ItemToRelease extends ItemPlace {
  readonly failed?: { readonly retryAtMs: number };
}

export interface ItemToSettle {
  readonly state: "succeeded" | "errored";
  readonly requestId: string | null;
  readonly status: number;
  readonly answer: Uint8Array;
  readonly atMs: number;
}

/** An item, with its batch as it is once the item is claimed. */
export type ClaimedItem = BatchItem & { readonly batch: Batch };

export interface BatchQuery {
  /** Null: everybody's, for an admin. */
  readonly ownerId: string | null;
  readonly api?: BatchApi;
  /** Only those that have not ended. */
  readonly isOpen?: boolean;
  /** The last batch of the page before. */
  readonly afterId?: string;
  /** The first batch of the page behind: the page right before it. Not with `afterId`. */
  readonly beforeId?: string;
  readonly limit: number;
}

export interface ItemsQuery {
  /** The index of the last item of the page before; null: from the first. */
  readonly afterIndex: number | null;
  readonly limit: number;
  /** A page ends with the answer that goes beyond it. */
  readonly maxBytes: number;
  /** Only those; all that are settled unless given. */
  readonly states?: readonly ("succeeded" | "errored" | "cancelled" | "expired")[];
}

export interface EntityClaim {
  readonly workerId: string;
  readonly entityIds: readonly string[];
  readonly nowMs: number;
  readonly leaseUntilMs: number;
}

/**
 * Batches and their items. A batch's counts change with its items, in the same step, and it ends in the step that
 * settles its last one: `completed`, or what it was ending as. An item is settled for good once it has succeeded or
 * errored, was cancelled or has expired. How an item that made a request ended comes with the request's record:
 * `LedgerEntry.batchItem`.
 */
export interface BatchStore {
  /** As `validating`, without items. Throws `conflict` when the id is taken. */
  create(batch: NewBatch): Promise<Batch>;
  /**
   * While it is validating. An index that is there already is passed over, so that adding may be repeated. Throws
   * `not_found`, `conflict` for a batch that is not validating, and `invalid_request` for a `customId` with a NUL or half
   * a surrogate pair.
   */
  addItems(batchId: string, items: readonly ItemToAdd[]): Promise<void>;
  /** From `validating` to `in_progress`; one without items completes. Throws as `addItems`. */
  start(batchId: string, atMs: number): Promise<Batch>;
  /** From `validating` to `failed`; what items there are go. Throws as `addItems`. */
  fail(batchId: string, problems: readonly BatchProblem[], atMs: number): Promise<Batch>;
  find(id: string): Promise<Batch | null>;
  /** The newest first. Throws `invalid_request` when there is no batch `afterId` or `beforeId`. */
  list(query: BatchQuery): Promise<readonly Batch[]>;
  /**
   * Pending items of batches in progress, of the oldest batch first, then in order of index: now running, each by one
   * caller only, and never more than `maxRunning` anywhere. Items whose lease is over by `nowMs` are pending again first;
   * so are, at the start, those of a process that owned the stores for itself.
   */
  claim(claim: {
    readonly workerId: string;
    readonly limit: number;
    readonly maxRunning: number;
    readonly nowMs: number;
    readonly leaseUntilMs: number;
    /** Of these nothing is taken. */
    readonly exceptBatchIds?: readonly string[];
  }): Promise<readonly ClaimedItem[]>;
  /**
   * Of these billing entities those on whose quota the worker alone runs items until the lease is over, each with the moment
   * since which it is so: what was free at `nowMs`, and what it has already. A lease that is over at once gives back.
   */
  leaseEntities(claim: EntityClaim): Promise<ReadonlyMap<string, number>>;
  /** Prolongs the lease of everything that the worker has running. */
  renew(workerId: string, leaseUntilMs: number): Promise<void>;
  /**
   * For items of which nothing was sent, or that may be tried again: pending again; where the batch is being cancelled or
   * has expired, that is what becomes of them. Items that the worker does not have running are passed over.
   */
  release(items: readonly ItemToRelease[], workerId: string, atMs: number): Promise<void>;
  /** For an item that made no request. One that is settled or gone is left as it is. */
  settle(item: ItemPlace, settled: ItemToSettle): Promise<void>;
  /**
   * Whatever is pending is cancelled at once; what runs goes on to its end. Returns how the batch is then. One that is
   * neither in progress nor validating stays as it is. `audited` is given what was there. Throws `not_found`.
   */
  cancel(id: string, atMs: number, audited: Audited<Batch>): Promise<Batch>;
  /**
   * What is due by `nowMs`: leases that are over; batches past `expiresAtMs`, whose pending items expire, and which end when
   * none runs; batches that have been validating for an hour go, as do those that ended before `endedBeforeMs`, and files
   * past their `expiresAtMs` that no batch in progress needs.
   */
  expire(due: { readonly nowMs: number; readonly endedBeforeMs: number }): Promise<void>;
  /** Settled items with their answers, in order of index: at least one, unless there are no more. */
  results(batchId: string, query: ItemsQuery): Promise<readonly BatchItem[]>;
  /**
   * With its items, and its file where that is internal. True for exactly one caller, who gives `audited` what was there.
   * Throws `conflict` for a batch that is in progress or cancelling.
   */
  remove(id: string, audited: Audited<Batch>): Promise<boolean>;
}
