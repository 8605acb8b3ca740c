import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, GatewayError, type Log } from "@copilot-llm/model";
import type {
  KeyUsage,
  Ledger,
  LedgerEntry,
  RecordedRequest,
  Reservation,
  ReserveResult,
  TokenTotals,
} from "../../ledger.js";
import type { Statistics } from "../../statistics.js";
import type { StoreHealth } from "../../stores.js";
import type { FsyncPolicy, WriteFailurePolicy } from "../log/commit-queue.js";
import { type LogPosition, SegmentLog } from "../log/segment-log.js";
import { listSegments } from "../log/segment-name.js";
import { StatisticsBook } from "../statistics/statistics-book.js";
import { createStoreFailure } from "../store-failure.js";
import { readCheckpoint } from "./checkpoint.js";
import { CheckpointWriter } from "./checkpoint-writer.js";
import type { KeyBudget } from "./key-budget.js";
import { LedgerCounts } from "./ledger-counts.js";
import type { LoggedEntry } from "./ledger-entry.js";
import { RecordIndex } from "./record-index.js";

export interface LedgerOptions {
  readonly directory: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly fsync: FsyncPolicy;
  readonly whenWriteFails: WriteFailurePolicy;
  readonly segmentBytes: number;
  readonly segmentEntries: number;
  readonly maxPendingBytes: number;
}

/** The embedded ledger: a segmented log is the truth, counts and index in memory follow from it. */
export class SegmentedLedger implements Ledger {
  readonly #counts: LedgerCounts;
  readonly #index: RecordIndex;
  readonly #log: SegmentLog<LoggedEntry>;
  readonly #reserved = new Map<string, KeyBudget>();
  readonly #appending = new Map<string, Promise<void>>();
  readonly #checkpoints: CheckpointWriter;
  readonly statistics: Statistics;

  private constructor(parts: LedgerParts) {
    this.#counts = parts.counts;
    this.#index = parts.index;
    this.#log = parts.log;
    this.#checkpoints = parts.checkpoints;
    this.statistics = { report: async (query) => parts.statistics.report(query) };
  }

  static async open(options: LedgerOptions): Promise<SegmentedLedger> {
    return new SegmentedLedger(await openParts(options));
  }

  get health(): StoreHealth {
    return this.#log.health;
  }

  async reserve(reservation: Reservation): Promise<ReserveResult> {
    if (this.#log.overloaded) {
      throw new GatewayError("unavailable", "The gateway cannot put requests on record fast enough; try again.", {
        retryAfterMs: 1000,
      });
    }
    if (this.#reserved.has(reservation.id)) throw new GatewayError("conflict", "The request id is reserved already.");
    const budget = this.#counts.key(reservation.keyId);
    const result = budget.reserve(reservation);
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
    const appended = this.#append(entry).finally(() => this.#appending.delete(id));
    this.#appending.set(id, appended);
    return appended;
  }

  async usageByKey(keyIds: readonly string[], atMs: number): Promise<ReadonlyMap<string, KeyUsage>> {
    const usage = new Map<string, KeyUsage>();
    for (const keyId of keyIds) {
      const found = this.#counts.findKey(keyId)?.usage(atMs);
      if (found !== undefined && found.lastUsedAtMs !== null) usage.set(keyId, found);
    }
    return usage;
  }

  resetKeyUsage(keyId: string, atMs: number): Promise<void> {
    return this.#log.append({ kind: "reset", keyId, atMs }, null);
  }

  async totalsByToken(tokenIds: readonly string[]): Promise<ReadonlyMap<string, TokenTotals>> {
    const totals = new Map<string, TokenTotals>();
    for (const tokenId of tokenIds) {
      const found = this.#counts.findToken(tokenId);
      if (found !== null) totals.set(tokenId, found);
    }
    return totals;
  }

  async findRecord(id: string): Promise<RecordedRequest | null> {
    for (const position of await this.#index.find(id, this.#log.activeSegment)) {
      const read = await this.#log.read(position);
      if (read?.value.kind === "request" && read.value.record.id === id) {
        return { record: read.value.record, bodies: read.bodies };
      }
    }
    return null;
  }

  async close(): Promise<void> {
    await this.#log.close();
    await this.#index.close();
    await this.#checkpoints.close();
  }

  async #append({ record, charges, bodies }: LedgerEntry): Promise<void> {
    if (!this.#index.isNew(record.id) && (await this.findRecord(record.id)) !== null) return;
    await this.#log.append({ kind: "request", record, charges }, bodies);
    this.#reserved.delete(record.id);
  }
}

interface LedgerParts {
  readonly counts: LedgerCounts;
  readonly statistics: StatisticsBook;
  readonly index: RecordIndex;
  readonly log: SegmentLog<LoggedEntry>;
  readonly checkpoints: CheckpointWriter;
}

async function openParts(options: LedgerOptions): Promise<LedgerParts> {
  const { directory } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const checkpoint = await readCheckpoint(directory, options.log);
  const counts = checkpoint === null ? new LedgerCounts() : LedgerCounts.restore(checkpoint.counts);
  const replayFrom = (checkpoint?.segment ?? 0) + 1;
  const segments = await listSegments(directory);
  const [firstToReplay] = segments.filter((segment) => segment >= replayFrom);
  if (firstToReplay !== undefined && firstToReplay > replayFrom) {
    throw createStoreFailure(
      `${directory} lacks what was recorded before segment ${firstToReplay}, so that usage cannot be counted: restore it from a backup.`,
    );
  }
  const statistics = await StatisticsBook.open(join(directory, "statistics"), options.log);
  const checkpoints = new CheckpointWriter(directory, options.log);
  let log: SegmentLog<LoggedEntry> | null = null;
  const index = new RecordIndex(directory, options.log, async (segment) => {
    const offsets = new Map<string, number>();
    await log?.scan(segment, (entry, position) => addToOffsets(offsets, entry, position));
    return offsets;
  });
  log = await SegmentLog.open<LoggedEntry>({
    ...options,
    replayFrom,
    onEntry(entry, position) {
      counts.apply(entry);
      if (entry.kind !== "request") return;
      index.add(entry.record.id, position.offset);
      statistics.add(entry.record, position.segment);
    },
    onSealed(segment) {
      index.seal(segment);
      checkpoints.write(segment, counts, statistics);
    },
  });
  const covered = segments.filter((number) => number < replayFrom);
  for (const segment of covered) await index.load(segment);
  if (statistics.needsRecovery) await recoverStatistics(statistics, log, covered);
  return { counts, statistics, index, log, checkpoints };
}

async function recoverStatistics(
  statistics: StatisticsBook,
  log: SegmentLog<LoggedEntry>,
  segments: readonly number[],
): Promise<void> {
  for (const segment of segments) {
    await log.scan(segment, (entry) => {
      if (entry.kind === "request") statistics.recover(entry.record, segment);
    });
  }
}

function addToOffsets(offsets: Map<string, number>, entry: LoggedEntry, position: LogPosition): void {
  if (entry.kind === "request") offsets.set(entry.record.id, position.offset);
}
