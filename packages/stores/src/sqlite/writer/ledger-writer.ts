import type { ItemWriter } from "../batches/item-writer.js";
import type { BodyAppender, BodyPlace } from "../bodies/body-appender.js";
import { bodyFrameBytes, sealBodyFrame } from "../bodies/body-frame.js";
import { CountWriter } from "../counts/count-writer.js";
import { countedIndexes, PendingCounts } from "../counts/pending-counts.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import { ByteReader } from "../record-batch/byte-reader.js";
import { decodeBatch, type RecordBatch } from "../record-batch/decode-batch.js";
import { columnIndex, type RecordRow, recordColumns } from "../record-batch/record-row.js";

/** So many records wait for being counted at most: a start after a kill counts them. */
const mostPendingRecords = 5000;

const idColumn = columnIndex("id");
const insertedColumns = ["position", ...recordColumns, "body_file", "body_offset", "body_bytes"];

export interface LedgerWriterOptions {
  readonly database: SqlDatabase;
  readonly bodies: BodyAppender;
  readonly items: Pick<ItemWriter, "settle">;
  /** Bodies are on the medium before their records are committed. */
  readonly syncsAlways: boolean;
}

/** Puts requests on record and counts them. Every step is whole, or changes nothing and throws. */
export class LedgerWriter {
  readonly #options: LedgerWriterOptions;
  readonly #counts: CountWriter;
  readonly #pending = new PendingCounts();
  readonly #reader = new ByteReader();
  readonly #begin: SqlStatement;
  readonly #commit: SqlStatement;
  readonly #insertRecord: SqlStatement;
  readonly #findForgotten: SqlStatement;
  readonly #writeState: SqlStatement;
  #nextPosition: number;
  #hasForgotten: boolean;
  /** The positions of records that an earlier process had no time to count. */
  #leftUncounted: { readonly after: number; readonly before: number } | null = null;

  constructor(options: LedgerWriterOptions) {
    const { database } = options;
    this.#options = options;
    this.#counts = new CountWriter(database);
    this.#begin = database.prepare("BEGIN IMMEDIATE");
    this.#commit = database.prepare("COMMIT");
    this.#insertRecord = database.prepare(
      `INSERT INTO records (${insertedColumns.join(", ")}) VALUES (${insertedColumns.map(() => "?").join(", ")})
       ON CONFLICT (id) DO NOTHING`,
    );
    this.#findForgotten = database.prepare("SELECT 1 AS found FROM forgotten_records WHERE id = ?");
    this.#writeState = database.prepare("UPDATE ledger_state SET counted_through = ?, next_position = ?");
    this.#hasForgotten = database.prepare("SELECT 1 AS found FROM forgotten_records LIMIT 1").get() !== undefined;
    const state = database
      .prepare("SELECT counted_through, next_position FROM ledger_state")
      .get<{ counted_through: number; next_position: number }>();
    const last = database.prepare("SELECT max(position) AS position FROM records").get<{ position: number | null }>();
    this.#nextPosition = Math.max(state?.next_position ?? 1, (last?.position ?? 0) + 1);
    const countedThrough = state?.counted_through ?? 0;
    if (countedThrough < this.#nextPosition - 1) {
      this.#leftUncounted = { after: countedThrough, before: this.#nextPosition };
    }
  }

  /** Whether so many records are not counted that they should be soon. */
  get isCountingDue(): boolean {
    return this.#pending.records >= mostPendingRecords;
  }

  /** Returns which entries of the batch were on record already: these changed nothing. */
  append(buffer: ArrayBuffer, nowMs: number): readonly number[] {
    const { bodies } = this.#options;
    const batch = decodeBatch(this.#reader, buffer);
    const place = batch.bodies.length === 0 ? null : bodies.begin(nowMs);
    const known =
      place === null ? this.transact(() => this.#insert(batch, null)) : this.#appendWithBodies(batch, place);
    const isKnown = new Set(known);
    for (const [index, { row }] of batch.entries.entries()) {
      if (!isKnown.has(index)) this.#pending.add(this.#nextPosition + index, row);
    }
    this.#nextPosition += batch.entries.length;
    return known;
  }

  /** Whether usage and statistics do not know the last record yet. */
  get hasUncounted(): boolean {
    return this.#leftUncounted !== null || this.#pending.records > 0;
  }

  /** Brings usage and statistics up to the last record. */
  flush(): void {
    if (this.hasUncounted) this.transactCounted(() => undefined);
  }

  /** For what takes records or counts away: counts everything first, in the same transaction. */
  transactCounted<Result>(run: () => Result): Result {
    this.#takeUncounted();
    const result = this.transact(() => {
      this.#counts.write(this.#pending);
      this.#writeState.run(this.#nextPosition - 1, this.#nextPosition);
      return run();
    });
    this.#pending.clear();
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
  #appendWithBodies(batch: RecordBatch, place: BodyPlace): readonly number[] {
    const { bodies, syncsAlways } = this.#options;
    try {
      for (const [index, { bodyOffset }] of batch.entries.entries()) {
        if (bodyOffset !== null) sealBodyFrame(batch.bodies, bodyOffset, this.#nextPosition + index);
      }
      bodies.write(batch.bodies);
      if (syncsAlways) bodies.syncNow();
      const known = this.transact(() => {
        bodies.register(this.#nextPosition);
        return this.#insert(batch, place);
      });
      bodies.confirm();
      return known;
    } catch (error) {
      bodies.undo(place);
      throw error;
    }
  }

  #insert({ entries, settled, bodies }: RecordBatch, place: BodyPlace | null): readonly number[] {
    const known: number[] = [];
    for (const [index, { row, bodyOffset }] of entries.entries()) {
      const where =
        bodyOffset === null || place === null
          ? noBodies
          : [place.fileId, place.offset + bodyOffset, bodyFrameBytes(bodies, bodyOffset)];
      const isKnown =
        this.#isForgotten(row) || this.#insertRecord.run(this.#nextPosition + index, ...row, ...where).changes === 0;
      if (isKnown) known.push(index);
    }
    for (const { entry, place: item, settled: outcome } of settled) {
      if (!known.includes(entry)) this.#options.items.settle(item, outcome);
    }
    return known;
  }

  #isForgotten(row: RecordRow): boolean {
    return this.#hasForgotten && this.#findForgotten.get(row[idColumn] ?? null) !== undefined;
  }

  #takeUncounted(): void {
    if (this.#leftUncounted === null) return;
    const { after, before } = this.#leftUncounted;
    const columns = recordColumns.map((column, index) => (countedIndexes.has(index) ? column : "NULL"));
    const rows = this.#options.database
      .prepareArrays(`SELECT ${columns.join(", ")}, position FROM records WHERE position > ? AND position < ?`)
      .all<RecordRow>(after, before);
    for (const row of rows) this.#pending.add(Number(row.at(-1)), row);
    this.#leftUncounted = null;
  }
}

const noBodies = [null, null, null] as const;
