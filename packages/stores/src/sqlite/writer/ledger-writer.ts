import type { SettledItem } from "../../batches/settled-items.js";
import type { ItemWriter } from "../batches/item-writer.js";
import type { BodyAppender, BodyPlace } from "../bodies/body-appender.js";
import { bodyFrameBytes, sealBodyFrame } from "../bodies/body-frame.js";
import { CountWriter } from "../counts/count-writer.js";
import { PendingCounts } from "../counts/pending-counts.js";
import type { SqlDatabase, SqlStatement, SqlValue } from "../driver/sql-database.js";
import { ByteReader } from "../record-batch/byte-reader.js";
import { type BatchEntry, decodeBatch, type RecordBatch } from "../record-batch/decode-batch.js";
import { nameColumns, type RecordNames } from "../record-batch/record-names.js";
import { ownColumns, ownIndex } from "../record-batch/record-row.js";

/** So many records wait for being counted at most: a start after a kill counts them. */
const mostPendingRecords = 20_000;

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
  readonly #counts: CountWriter;
  readonly #pending = new PendingCounts();
  readonly #reader = new ByteReader();
  readonly #begin: SqlStatement;
  readonly #commit: SqlStatement;
  readonly #addNames: SqlStatement;
  readonly #insertRecord: SqlStatement;
  readonly #findRecord: SqlStatement;
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
    // Texts that come again and again are kept beside: to hand one over costs more than to look all of them up.
    database.exec(`CREATE TEMP TABLE record_names (code INTEGER PRIMARY KEY, ${nameColumns.join(", ")})`);
    this.#addNames = database.prepare(`INSERT INTO record_names VALUES (?, ${nameColumns.map(() => "?").join(", ")})`);
    this.#insertRecord = database.prepare(
      `INSERT OR IGNORE INTO records (${[...givenColumns, ...nameColumns].join(", ")})
       SELECT ${[...givenColumns.map(() => "?"), ...nameColumns].join(", ")} FROM record_names WHERE code = ?`,
    );
    this.#findRecord = database.prepare("SELECT 1 AS found FROM records WHERE id = ?");
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

  #takeUncounted(): void {
    if (this.#leftUncounted === null) return;
    const { after, before } = this.#leftUncounted;
    const columns = [...ownColumns.map((column) => (column === "attempts" ? "NULL" : column)), ...nameColumns];
    const rows = this.#options.database
      .prepareArrays(`SELECT position, ${columns.join(", ")} FROM records WHERE position > ? AND position < ?`)
      .all<readonly SqlValue[]>(after, before);
    const known = new Map<string, RecordNames>();
    for (const [position, ...row] of rows) {
      const values = row.slice(ownColumns.length) as (string | null)[];
      const text = JSON.stringify(values);
      const names = known.get(text) ?? { code: 0, values };
      known.set(text, names);
      this.#pending.add(Number(position), { names, own: row.slice(0, ownColumns.length) });
    }
    this.#leftUncounted = null;
  }
}
