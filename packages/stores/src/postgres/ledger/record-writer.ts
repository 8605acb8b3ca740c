import { dayStartMs, GatewayError, type Log } from "@copilot-llm/model";
import { entryBytes } from "../../budget/entry-bytes.js";
import type { LedgerEntry } from "../../interfaces/ledger.js";
import { BatchQueue } from "../batch-queue.js";
import type { ConnectionPool } from "../connection/connection-pool.js";
import type { GatewayLink } from "../connection/gateway-link.js";
import { isCollision, isOutage, sqlState } from "../connection/outage.js";
import type { SpoolDirectory } from "../spool/spool-directory.js";
import { appendRecords } from "./append-records.js";
import type { Partitions } from "./partitions.js";

export interface RecordWriterOptions {
  readonly pool: ConnectionPool;
  readonly link: GatewayLink;
  readonly partitions: Partitions;
  readonly spool: SpoolDirectory;
  readonly log: Log;
  /** More than this waiting for the database, and reservations are refused. */
  readonly maxPendingBytes: number;
  /** The request is on record and its reservation gone. */
  readonly onRecorded: (requestId: string) => void;
}

const maxBatchEntries = 200;
const maxBatchBytes = 8 << 20;
const attempts = 5;
/** No partition takes the row: another gateway dropped the day. */
const missingPartition = "23514";

/**
 * Writes records in batches, exactly once per id. While the database is gone they go to the spool on disk, and from
 * there to the database before the gateway counts as up again.
 */
export class RecordWriter {
  readonly #options: RecordWriterOptions;
  readonly #queue: BatchQueue<LedgerEntry, GatewayError | null>;
  readonly #appending = new Map<string, Promise<void>>();
  #delivering: Promise<void> | null = null;

  constructor(options: RecordWriterOptions) {
    this.#options = options;
    this.#queue = new BatchQueue({
      run: (batch) => this.#write(batch),
      maxItems: maxBatchEntries,
      maxBytes: maxBatchBytes,
      bytesOf: entryBytes,
    });
  }

  get isOverloaded(): boolean {
    return this.#queue.pendingBytes > this.#options.maxPendingBytes;
  }

  append(entry: LedgerEntry): Promise<void> {
    const { id } = entry.record;
    const running = this.#appending.get(id);
    if (running !== undefined) return running;
    const appended = this.#append(entry).finally(() => this.#appending.delete(id));
    this.#appending.set(id, appended);
    return appended;
  }

  /** Brings everything that is on disk into the database; throws when that fails. */
  deliver(): Promise<void> {
    this.#delivering ??= this.#options.spool
      .deliver(async (entries) => {
        for (const failure of await this.#commit(entries)) {
          if (failure !== null) this.#options.log.error("A record on disk cannot be stored.", { error: failure });
        }
      })
      .finally(() => {
        this.#delivering = null;
      });
    return this.#delivering;
  }

  async settle(): Promise<void> {
    await this.#queue.settle();
    await this.#delivering?.catch(() => undefined);
  }

  async #append(entry: LedgerEntry): Promise<void> {
    const failure = await this.#queue.push(entry);
    if (failure !== null) throw failure;
  }

  async #write(batch: readonly LedgerEntry[]): Promise<readonly (GatewayError | null)[]> {
    const { link } = this.#options;
    if (!link.isUp) return this.#spool(batch);
    try {
      return await this.#commit(batch);
    } catch (error) {
      if (!isOutage(error)) throw error;
      link.suspect();
      return this.#spool(batch);
    }
  }

  async #spool(batch: readonly LedgerEntry[]): Promise<readonly (GatewayError | null)[]> {
    const { spool, link } = this.#options;
    const written = await Promise.allSettled(batch.map((entry) => spool.append(entry)));
    if (link.isUp) this.deliver().catch(() => link.suspect());
    return written.map((outcome) => (outcome.status === "fulfilled" ? null : notRecorded(outcome.reason)));
  }

  /** Throws when the database is gone; an entry that it will not take fails alone. */
  async #commit(batch: readonly LedgerEntry[]): Promise<readonly (GatewayError | null)[]> {
    try {
      await this.#commitWhole(batch);
    } catch (error) {
      if (isOutage(error)) throw error;
      if (batch.length === 1) return [notRecorded(error)];
      const outcomes = [];
      for (const entry of batch) outcomes.push(...(await this.#commit([entry])));
      return outcomes;
    }
    for (const { record } of batch) this.#options.onRecorded(record.id);
    return batch.map(() => null);
  }

  async #commitWhole(batch: readonly LedgerEntry[]): Promise<void> {
    const { pool, partitions } = this.#options;
    for (let attempt = 1; ; attempt += 1) {
      try {
        await partitions.ensure(batch.map(({ record }) => dayStartMs(record.startedAtMs)));
        await pool.transaction((client) => appendRecords(client, batch));
        return;
      } catch (error) {
        if (sqlState(error) === missingPartition) partitions.forget();
        else if (!isCollision(error)) throw error;
        if (attempt === attempts) throw error;
      }
    }
  }
}

function notRecorded(cause: unknown): GatewayError {
  return new GatewayError("unavailable", "The request could not be put on record.", { cause });
}
