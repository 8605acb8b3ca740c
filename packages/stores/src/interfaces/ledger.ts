import type { Charges, ClaimUsage, LimitClaim, RecordedBodies, RequestRecord } from "@copilot-llm/model";
import type { Audited } from "./audited.js";

export interface Reservation {
  /** The request's id. */
  readonly id: string;
  readonly keyId: string;
  readonly atMs: number;
  readonly amounts: Charges;
  readonly claims: readonly LimitClaim[];
  /** The keys whose use counts for claims of a team; the key itself may be missing there. Only with such claims. */
  readonly team?: { readonly id: string; readonly keyIds: readonly string[] };
}

export type ReserveResult =
  | { readonly granted: true; readonly usage: readonly ClaimUsage[] }
  | { readonly granted: false; readonly refused: ClaimUsage; readonly usage: readonly ClaimUsage[] };

export interface LedgerEntry {
  readonly record: RequestRecord;
  /** Null unless the request is recorded in full. */
  readonly bodies: RecordedBodies | null;
  /** What the request really cost; all zero for one that failed. */
  readonly charges: Charges;
  /**
   * For a request that was made for an item of a batch: the item is settled with its record, as one step. Ignored when
   * the item is settled or gone, and with a record that is there already.
   */
  readonly batchItem?: BatchItemResult;
}

/** What became of an item of a batch. */
export interface BatchItemResult {
  readonly batchId: string;
  readonly index: number;
  readonly state: "succeeded" | "errored";
  readonly status: number;
  readonly answer: Uint8Array;
}

export interface RecordedRequest {
  readonly record: RequestRecord;
  /** Null when the request was not recorded in full, or when they are gone. */
  readonly bodies: RecordedBodies | null;
}

export interface KeyUsage {
  readonly lifetime: Charges;
  readonly day: Charges;
  readonly month: Charges;
  readonly lastUsedAtMs: number | null;
}

export interface TokenTotals {
  readonly requests: number;
  readonly premiumUnits: number;
  readonly nanoAiu: number;
  readonly lastUsedAtMs: number | null;
}

/**
 * Every request on record and every budget's count. Records are the truth; the counts are derived from them, so that
 * one `append` can neither be charged without being recorded nor recorded without being charged.
 */
export interface Ledger {
  /**
   * Takes the amounts from every claimed budget, or from none. Atomic, across every gateway that shares the store; of a
   * team, as long as every request of its keys claims the team's limits.
   * Throws `conflict` for an id that is reserved, and `unavailable` while records cannot be written fast enough.
   */
  reserve(reservation: Reservation): Promise<ReserveResult>;
  /** Gives a reservation back unrecorded, for a request that never went on. Unknown ids are ignored. */
  release(reservationId: string): Promise<void>;
  /**
   * Puts a finished request on record and replaces its reservation by the actual charges, as one step. Exactly once
   * per record id: a repeated append changes nothing. Resolves when the record survives `kill -9` of this process;
   * throws `unavailable` when it could not be written,
   * and the reservation then stands; where writes wait for a full disk, the record may still follow.
   */
  append(entry: LedgerEntry): Promise<void>;
  /** Usage of each key asked for, as of `atMs`. Keys without any are absent. */
  usageByKey(keyIds: readonly string[], atMs: number): Promise<ReadonlyMap<string, KeyUsage>>;
  /** Starts the key's lifetime, day and month from zero; rates, open reservations and records stay. `audited` is given the id. */
  resetKeyUsage(keyId: string, atMs: number, audited: Audited<string>): Promise<void>;
  totalsByToken(tokenIds: readonly string[]): Promise<ReadonlyMap<string, TokenTotals>>;
  /** Null when unknown, expired or removed with its session. */
  findRecord(id: string): Promise<RecordedRequest | null>;
  /**
   * Removes records from before the moment; some may stay for a day longer. Usage and statistics stay. Once aborted it
   * ends early, without an error: the next call goes on.
   */
  expire(beforeMs: number, signal?: AbortSignal): Promise<void>;
}
