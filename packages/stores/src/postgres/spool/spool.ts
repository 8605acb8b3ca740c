import { rm } from "node:fs/promises";
import type { Clock, Log } from "@copilot-llm/model";
import type { DirectoryLock } from "../../directory/directory-lock.js";
import type { LedgerEntry } from "../../interfaces/ledger.js";
import type { LogPosition } from "../../segment-log/log-position.js";
import { SegmentLog } from "../../segment-log/segment-log.js";

export interface SpoolOptions {
  readonly directory: string;
  readonly lock: DirectoryLock;
  readonly clock: Clock;
  readonly log: Log;
}

/** Puts entries on record in the database; throws what prevents it. */
export type Deliver = (entries: readonly LedgerEntry[]) => Promise<void>;

type SpooledEntry = Omit<LedgerEntry, "bodies">;

const deliveredAtOnce = 64;

/** Entries on the medium, in the order in which they came, until they are delivered. */
export class Spool {
  readonly #options: SpoolOptions;
  readonly #log: SegmentLog<SpooledEntry>;
  readonly #positions: LogPosition[];

  private constructor(options: SpoolOptions, log: SegmentLog<SpooledEntry>, positions: LogPosition[]) {
    this.#options = options;
    this.#log = log;
    this.#positions = positions;
  }

  static async open(options: SpoolOptions): Promise<Spool> {
    const positions: LogPosition[] = [];
    const log = await SegmentLog.open<SpooledEntry>({
      ...options,
      fsync: "always",
      whenWriteFails: "fail",
      segmentBytes: 64 << 20,
      segmentEntries: 1 << 16,
      maxPendingBytes: 256 << 20,
      // Entries have had one form so far.
      decode: (stored) => stored as SpooledEntry,
      replayFrom: 1,
      onEntry: (_, position) => positions.push(position),
      onSealed: () => undefined,
    });
    return new Spool(options, log, positions);
  }

  get length(): number {
    return this.#positions.length;
  }

  append({ record, charges, bodies }: LedgerEntry): Promise<void> {
    return this.#log.append({ record, charges }, bodies);
  }

  /** With nothing being appended: delivers all and removes the spool. After a failure what was delivered is delivered again: that changes nothing. */
  async deliver(deliver: Deliver): Promise<void> {
    for (let start = 0; start < this.#positions.length; start += deliveredAtOnce) {
      const entries: LedgerEntry[] = [];
      for (const position of this.#positions.slice(start, start + deliveredAtOnce)) {
        const read = await this.#log.reader.read(position);
        if (read !== null) entries.push({ ...read.value, bodies: read.bodies });
      }
      await deliver(entries);
    }
    await this.close();
    await rm(this.#options.directory, { recursive: true, force: true });
  }

  async close(): Promise<void> {
    await this.#log.close();
    await this.#options.lock.release();
  }
}
