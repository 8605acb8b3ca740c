import type { SettledItem } from "../../batches/settled-items.js";
import type { ItemWriter } from "../batches/item-writer.js";
import type { BodyAppender, BodyPlace } from "../bodies/body-appender.js";
import { bodyFrameBytes, sealBodyFrame } from "../bodies/body-frame.js";
import { RecordCounter } from "../counts/record-counter.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import { ByteReader } from "../record-batch/byte-reader.js";
import { type BatchEntry, decodeBatch, type RecordBatch } from "../record-batch/decode-batch.js";
import { nameColumns } from "../record-batch/record-names.js";
import { ownColumns, ownIndex } from "../record-batch/record-row.js";

const idColumn = ownIndex("id");
const givenColumns = ["position", "body_file", "body_offset", "body_bytes", ...ownColumns];

export interface LedgerWriterOptions {
  readonly database: SqlDatabase;
  readonly bodies: BodyAppender;
  readonly items: Pick<ItemWriter, "settle">;
  /** Bodies are on the medium before their records are committed. */
  readonly syncsAlways: boolean;
}

/** As the main thread hands it over. */
export interface SentBatch {
  /** By `encodeBatch`. */
  readonly buffer: ArrayBuffer;
  /** Items of batches that its entries settle. */
  readonly settled: readonly SettledItem[];
  readonly nowMs: number;
}

/** Puts requests on record and counts them. Every step is whole, or changes nothing and throws. */
export class LedgerWriter {
  readonly #options: LedgerWriterOptions;
  readonly #counter: RecordCounter;
  readonly #reader = new ByteReader();
  readonly #begin: SqlStatement;
  readonly #commit: SqlStatement;
  readonly #addNames: SqlStatement;
  readonly #insertRecord: SqlStatement;
  readonly #findRecord: SqlStatement;
  readonly #findForgotten: SqlStatement;
  #nextPosition: number;
  #hasForgotten: boolean;

  constructor(options: LedgerWriterOptions) {
    const { database } = options;
    this.#options = options;
    this.#begin = database.prepare("BEGIN IMMEDIATE");
    this.#commit = database.prepare("COMMIT");
    // Texts that come again and again are kept beside: to hand one over costs more than to look all of them up.
    database.exec(`CREATE TEMP TABLE record_names (code INTEGER PRIMARY KEY, ${nameColumns.join(", ")})`);
    this.#addNames = database.prepare(`INSERT INTO record_names VALUES (?, ${nameColumns.map(() => "?").join(", ")})`);
    this.#insertRecord = database.prepare(
      `INSERT OR IGNORE INTO records (${[...givenColumns, ...nameColumns].join(", ")})
       SELECT ${[...givenColumns.map(() => "?"), ...nameColumns].join(", ")} FROM record_names WHERE code = ?`,
    );
    this.#findRecord = database.prepare("SELECT 1 AS found FROM records WHERE id = ?");
    this.#findForgotten = database.prepare("SELECT 1 AS found FROM forgotten_records WHERE id = ?");
    this.#hasForgotten = database.prepare("SELECT 1 AS found FROM forgotten_records LIMIT 1").get() !== undefined;
    const state = database.prepare("SELECT next_position FROM ledger_state").get<{ next_position: number }>();
    const last = database.prepare("SELECT max(position) AS position FROM records").get<{ position: number | null }>();
    this.#nextPosition = Math.max(state?.next_position ?? 1, (last?.position ?? 0) + 1);
    this.#counter = new RecordCounter(database, this.#nextPosition);
  }

  /** Returns which entries of the batch were on record already: these changed nothing. */
  append({ buffer, settled, nowMs }: SentBatch): readonly number[] {
    const { bodies } = this.#options;
    const batch = decodeBatch(this.#reader, buffer);
    this.#keepNames(batch);
    const place = batch.bodies.length === 0 ? null : bodies.begin(nowMs);
    const known =
      place === null
        ? this.transact(() => this.#insert(batch, settled, null))
        : this.#appendWithBodies(batch, settled, place);
    const isKnown = new Set(known);
    for (const [index, { row }] of batch.entries.entries()) {
      if (!isKnown.has(index)) this.#counter.add(this.#nextPosition + index, row);
    }
    this.#nextPosition += batch.entries.length;
    return known;
  }

  /** Brings usage and statistics up to the last record, as one step. */
  flush(): void {
    if (this.#counter.isBehind(this.#nextPosition - 1)) this.transactCounted(() => undefined);
  }

  /**
   * Brings them up to the record that is the last by now, in slices: `pause` lets others in between. Meanwhile they are
   * part old and part new.
   */
  async flushInSlices(pause: () => Promise<unknown>): Promise<void> {
    const last = this.#nextPosition - 1;
    while (this.#counter.isBehind(last)) {
      this.flushSlice();
      await pause();
    }
  }

  /** A slice of what is not counted. Returns whether others belong to it that are not written. */
  flushSlice(): boolean {
    if (!this.#counter.isBehind(this.#nextPosition - 1)) return false;
    this.transact(() => this.#counter.writeSlice(this.#nextPosition));
    this.#counter.confirmSlice();
    return this.#counter.isAmidSlices;
  }

  /** For what takes records or counts away: counts everything first, in the same transaction. */
  transactCounted<Result>(run: () => Result): Result {
    const result = this.transact(() => {
      this.#counter.writeAll(this.#nextPosition);
      return run();
    });
    this.#counter.confirmAll(this.#nextPosition);
    return result;
  }

  /** All of it or nothing. */
  transact<Result>(run: () => Result): Result {
    const { database } = this.#options;
    this.#begin.run();
    try {
      const result = run();
      this.#commit.run();
      return result;
    } catch (error) {
      if (database.isInTransaction) database.exec("ROLLBACK");
      throw error;
    }
  }

  /** From now on the ids of forgotten records count as taken. */
  noteForgotten(): void {
    this.#hasForgotten = true;
  }

  /** The bodies come first: a record that is committed has them. */
  #appendWithBodies(batch: RecordBatch, settled: SentBatch["settled"], place: BodyPlace): readonly number[] {
    const { bodies, syncsAlways } = this.#options;
    try {
      for (const [index, { bodyOffset }] of batch.entries.entries()) {
        if (bodyOffset !== null) sealBodyFrame(batch.bodies, bodyOffset, this.#nextPosition + index);
      }
      bodies.write(batch.bodies);
      if (syncsAlways) bodies.syncNow();
      const known = this.transact(() => {
        bodies.register(this.#nextPosition);
        return this.#insert(batch, settled, place);
      });
      bodies.confirm();
      return known;
    } catch (error) {
      bodies.undo(place);
      throw error;
    }
  }

  #insert({ entries, bodies }: RecordBatch, settled: SentBatch["settled"], place: BodyPlace | null): readonly number[] {
    const known: number[] = [];
    for (let index = 0; index < entries.length; index += 1) {
      const entry = entries[index];
      if (entry !== undefined && !this.#insertRow(index, entry, bodies, place)) known.push(index);
    }
    for (const { entry, place: item, settled: outcome } of settled) {
      if (!known.includes(entry)) this.#options.items.settle(item, outcome);
    }
    return known;
  }

  /** Whether it was not on record. */
  #insertRow(index: number, { row, bodyOffset }: BatchEntry, bodies: Buffer, place: BodyPlace | null): boolean {
    const id = row.own[idColumn] ?? null;
    if (this.#hasForgotten && this.#findForgotten.get(id) !== undefined) return false;
    const position = this.#nextPosition + index;
    const { changes } =
      bodyOffset === null || place === null
        ? this.#insertRecord.run(position, null, null, null, ...row.own, row.names.code)
        : this.#insertRecord.run(
            position,
            place.fileId,
            place.offset + bodyOffset,
            bodyFrameBytes(bodies, bodyOffset),
            ...row.own,
            row.names.code,
          );
    if (changes !== 0) return true;
    if (this.#findRecord.get(id) === undefined) throw new Error("a record does not fit into its table");
    return false;
  }

  /** For good, whatever becomes of the batch: later ones count on them. */
  #keepNames({ forgetsNames, newNames }: RecordBatch): void {
    if (forgetsNames) this.#options.database.exec("DELETE FROM record_names");
    for (const { code, values } of newNames) this.#addNames.run(code, ...values);
  }
}
