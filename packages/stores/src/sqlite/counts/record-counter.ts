import type { SqlDatabase, SqlStatement, SqlValue } from "../driver/sql-database.js";
import { nameColumns, type RecordNames } from "../record-batch/record-names.js";
import { ownColumns, type RecordRow } from "../record-batch/record-row.js";
import { CountWriter } from "./count-writer.js";
import { PendingCounts } from "./pending-counts.js";
import { SlicedCounts } from "./sliced-counts.js";

interface CountingState {
  readonly counted_through: number;
  readonly counting_through: number;
  readonly counted_slices: number;
}

/**
 * Counts records in usage and statistics, each once whatever is cut short: how far it got is written with what it wrote.
 * What it writes is within the transaction that is open, and is confirmed once that is committed.
 */
export class RecordCounter {
  readonly #database: SqlDatabase;
  readonly #counts: CountWriter;
  readonly #writeState: SqlStatement;
  #pending = new PendingCounts();
  #sliced: SlicedCounts | null = null;
  #countedThrough: number;
  /** What an earlier process had no time to count, before this position. */
  #leftBefore: number | null;

  constructor(database: SqlDatabase, nextPosition: number) {
    this.#database = database;
    this.#counts = new CountWriter(database);
    this.#writeState = database.prepare(
      `UPDATE ledger_state SET counted_through = ?, next_position = ?,
         counting_through = ?, counted_slices = ?`,
    );
    this.#countedThrough = this.#readState().counted_through;
    this.#leftBefore = this.isBehind(nextPosition - 1) ? nextPosition : null;
  }

  /** Whether usage or statistics do not know the record of this position. */
  isBehind(position: number): boolean {
    return this.#countedThrough < position;
  }

  /** Whether the slices are begun of what is counted next. */
  get isAmidSlices(): boolean {
    return this.#sliced !== null;
  }

  add(position: number, row: RecordRow): void {
    this.#pending.add(position, row);
  }

  /** The next slice of what there is; what is added from then on comes after its last one. */
  writeSlice(nextPosition: number): void {
    this.#takeLeft();
    const sliced = this.#sliced ?? new SlicedCounts(this.#pending, nextPosition - 1);
    if (this.#sliced === null) this.#pending = new PendingCounts();
    this.#sliced = sliced;
    if (sliced.next === undefined) this.#finish(sliced.pending, sliced.through, nextPosition);
    else if (sliced.next.length > 0) {
      this.#counts.writeCells(sliced.next);
      this.#writeState.run(this.#countedThrough, nextPosition, sliced.through, sliced.written + 1);
    }
  }

  confirmSlice(): void {
    const sliced = this.#sliced;
    if (sliced === null) return;
    if (sliced.next === undefined) {
      this.#countedThrough = sliced.through;
      this.#sliced = null;
    } else sliced.advance();
  }

  /** Everything up to the last record. */
  writeAll(nextPosition: number): void {
    this.#takeLeft();
    const sliced = this.#sliced;
    if (sliced !== null) {
      // Anew, so that it can be given up.
      this.#writeRest(new SlicedCounts(sliced.pending, sliced.through, sliced.written));
      this.#counts.writeUsage(sliced.pending);
    }
    this.#writeRest(new SlicedCounts(this.#pending, nextPosition - 1));
    this.#finish(this.#pending, nextPosition - 1, nextPosition);
  }

  confirmAll(nextPosition: number): void {
    this.#sliced = null;
    this.#pending.clear();
    this.#countedThrough = nextPosition - 1;
  }

  #writeRest(sliced: SlicedCounts): void {
    for (; sliced.next !== undefined; sliced.advance()) this.#counts.writeCells(sliced.next);
  }

  #finish(pending: PendingCounts, through: number, nextPosition: number): void {
    this.#counts.writeUsage(pending);
    this.#writeState.run(through, nextPosition, 0, 0);
  }

  #takeLeft(): void {
    if (this.#leftBefore === null) return;
    const { counting_through: through, counted_slices: written } = this.#readState();
    const sliced = new PendingCounts();
    for (const [position, row] of this.#readRecords(this.#countedThrough, this.#leftBefore)) {
      (position <= through ? sliced : this.#pending).add(position, row);
    }
    if (through > 0) this.#sliced = new SlicedCounts(sliced, through, written);
    this.#leftBefore = null;
  }

  #readRecords(after: number, before: number): readonly (readonly [number, RecordRow])[] {
    const columns = [...ownColumns.map((column) => (column === "attempts" ? "NULL" : column)), ...nameColumns];
    const rows = this.#database
      .prepareArrays(`SELECT position, ${columns.join(", ")} FROM records WHERE position > ? AND position < ?`)
      .all<readonly SqlValue[]>(after, before);
    const known = new Map<string, RecordNames>();
    return rows.map(([position, ...row]) => {
      const values = row.slice(ownColumns.length) as (string | null)[];
      const text = JSON.stringify(values);
      const names = known.get(text) ?? { code: 0, values };
      known.set(text, names);
      return [Number(position), { names, own: row.slice(0, ownColumns.length) }];
    });
  }

  #readState(): CountingState {
    const state = this.#database
      .prepare("SELECT counted_through, counting_through, counted_slices FROM ledger_state")
      .get<CountingState>();
    return state ?? { counted_through: 0, counting_through: 0, counted_slices: 0 };
  }
}
