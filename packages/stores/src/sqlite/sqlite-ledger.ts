import { type Clock, GatewayError } from "@copilot-llm/model";
import type { KeyBudget } from "../budget/key-budget.js";
import type { Audited } from "../interfaces/audited.js";
import type {
  KeyUsage,
  Ledger,
  LedgerEntry,
  RecordedRequest,
  Reservation,
  ReserveResult,
  TokenTotals,
} from "../interfaces/ledger.js";
import type { LedgerCounts } from "./counts/ledger-counts.js";
import type { LedgerThreads } from "./ledger-threads.js";
import type { AppendOutcome, RecordQueue } from "./record-queue.js";

export interface SqliteLedgerOptions {
  readonly counts: LedgerCounts;
  readonly queue: RecordQueue;
  readonly threads: LedgerThreads;
  readonly clock: Clock;
}

/** The embedded ledger: reservations and counts in memory, records with the writing thread. */
export class SqliteLedger implements Ledger {
  readonly #options: SqliteLedgerOptions;
  readonly #reserved = new Map<string, KeyBudget>();
  readonly #appending = new Map<string, Promise<void>>();

  constructor(options: SqliteLedgerOptions) {
    this.#options = options;
  }

  async reserve(reservation: Reservation): Promise<ReserveResult> {
    const { queue, counts } = this.#options;
    if (queue.abandonedFor !== null) throw queue.abandonedFor;
    if (queue.isOverloaded) {
      throw new GatewayError("unavailable", "The gateway cannot put requests on record fast enough; try again.", {
        retryAfterMs: 1000,
      });
    }
    if (this.#reserved.has(reservation.id)) throw new GatewayError("conflict", "The request id is reserved already.");
    const budget = counts.key(reservation.keyId);
    const others = (reservation.team?.keyIds ?? []).filter((keyId) => keyId !== reservation.keyId);
    const result = budget.reserve(
      reservation,
      others.map((keyId) => counts.key(keyId)),
    );
    if (result.granted) this.#reserved.set(reservation.id, budget);
    return result;
  }

  async release(reservationId: string): Promise<void> {
    this.#reserved.get(reservationId)?.release(reservationId);
    this.#reserved.delete(reservationId);
  }

  append(entry: LedgerEntry): Promise<void> {
    const { id } = entry.record;
    const running = this.#appending.get(id);
    if (running !== undefined) return running;
    const appended = this.#options.queue.push(entry);
    this.#appending.set(id, appended);
    return appended;
  }

  async usageByKey(keyIds: readonly string[], atMs: number): Promise<ReadonlyMap<string, KeyUsage>> {
    const usage = new Map<string, KeyUsage>();
    for (const keyId of keyIds) {
      const found = this.#options.counts.findKey(keyId)?.usage(atMs);
      if (found !== undefined && found.lastUsedAtMs !== null) usage.set(keyId, found);
    }
    return usage;
  }

  async resetKeyUsage(keyId: string, _atMs: number, audited: Audited<string>): Promise<void> {
    const { threads, counts } = this.#options;
    await threads.write("resetKeyUsage", { keyId, event: audited === null ? null : audited(keyId) });
    counts.key(keyId).reset();
  }

  async totalsByToken(tokenIds: readonly string[]): Promise<ReadonlyMap<string, TokenTotals>> {
    const totals = new Map<string, TokenTotals>();
    for (const tokenId of tokenIds) {
      const found = this.#options.counts.findToken(tokenId);
      if (found !== null) totals.set(tokenId, found);
    }
    return totals;
  }

  findRecord(id: string): Promise<RecordedRequest | null> {
    return this.#options.threads.read("findRecord", { id });
  }

  expire(beforeMs: number, signal?: AbortSignal): Promise<void> {
    const { threads, clock } = this.#options;
    return threads.alone(async () => {
      const stop = () => void threads.write("stopExpiring", null).catch(() => undefined);
      signal?.addEventListener("abort", stop);
      try {
        if (signal?.aborted !== true) await threads.write("expire", { beforeMs, nowMs: clock.nowMs() });
      } finally {
        signal?.removeEventListener("abort", stop);
      }
      await threads.read("closeFiles", null);
    });
  }

  /** Called as soon as it is known what becomes of an append. */
  noteSettled({ record, charges }: LedgerEntry, outcome: AppendOutcome): void {
    this.#appending.delete(record.id);
    if (outcome === "refused") return;
    // What it really cost takes the place of what was reserved.
    if (outcome === "recorded") this.#options.counts.apply(record, charges);
    else this.#reserved.get(record.id)?.release(record.id);
    this.#reserved.delete(record.id);
  }
}
