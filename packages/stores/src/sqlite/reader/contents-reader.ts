import type { LedgerEntry } from "../../interfaces/ledger.js";
import type { CellDimension, CellPlace, CellSpan } from "../../statistics/cell-place.js";
import type { BodyReader } from "../bodies/body-reader.js";
import { readCounts } from "../counts/read-counts.js";
import type { SqlDatabase, SqlStatement, SqlValue } from "../driver/sql-database.js";
import type { KeptCell, KeptUsage } from "../ledger-contents.js";
import { decodeRecord } from "../record-batch/record-row.js";
import { cellSelect, cellWidth, decodeCell } from "./cell-rows.js";
import { type StoredRequest, storedColumns } from "./record-reader.js";

type StoredEntry = StoredRequest & {
  readonly charged_requests: number;
  readonly charged_premium_units: number;
  readonly charged_nano_aiu: number;
  readonly charged_tokens: number;
};

type PlacedValues = readonly [
  dimension: CellDimension,
  span: CellSpan,
  startMs: number,
  group: string,
  split: string,
  label: string | null,
  splitLabel: string | null,
  ...cell: SqlValue[],
];

const entriesAtOnce = 50;
const entryBytesAtOnce = 8 << 20;
const cellsAtOnce = 500;

/** Reads everything, part by part, for another backend to take over. */
export class ContentsReader {
  readonly #database: SqlDatabase;
  readonly #bodies: BodyReader;
  readonly #entries: SqlStatement;
  readonly #cells: SqlStatement;

  constructor(database: SqlDatabase, bodies: BodyReader) {
    this.#database = database;
    this.#bodies = bodies;
    this.#entries = database.prepare(
      `SELECT ${storedColumns} FROM records AS record WHERE position > ? ORDER BY position LIMIT ${entriesAtOnce}`,
    );
    const place = "dimension, span, start_ms, group_id, split_id";
    this.#cells = database.prepareArrays(
      `SELECT ${place}, label, split_label, ${cellSelect}, output_rates FROM statistics_cells
       WHERE (${place}) > (?, ?, ?, ?, ?) ORDER BY ${place} LIMIT ${cellsAtOnce}`,
    );
  }

  usage(): KeptUsage {
    const { keys, tokens } = readCounts(this.#database, 0);
    return {
      keys: keys.flatMap(([keyId, { lifetime, days, months, lastUsedAtMs }]) =>
        lastUsedAtMs === null
          ? []
          : [
              { keyId, period: "lifetime", startMs: 0, charges: lifetime, lastUsedAtMs },
              ...days.map((day) => ({ keyId, period: "day" as const, ...day, lastUsedAtMs })),
              ...months.map((month) => ({ keyId, period: "month" as const, ...month, lastUsedAtMs })),
            ],
      ),
      tokens: tokens.flatMap(([tokenId, totals]) =>
        totals.lastUsedAtMs === null ? [] : [{ ...totals, tokenId, lastUsedAtMs: totals.lastUsedAtMs }],
      ),
    };
  }

  cellsPart(after: CellPlace | null): readonly KeptCell[] {
    const from = after === null ? ["", "", 0, "", ""] : placeOf(after);
    return this.#cells
      .all<PlacedValues>(...from)
      .map(([dimension, span, startMs, group, split, label, splitLabel, ...cell]) => ({
        dimension,
        span,
        startMs,
        group: { group, label },
        split: { group: split, label: splitLabel },
        cell: decodeCell(cell, 0, cell[cellWidth]),
      }));
  }

  entriesPart(after: number): { readonly entries: readonly LedgerEntry[]; readonly after: number | null } {
    const entries: LedgerEntry[] = [];
    let bytes = 0;
    const rows = this.#entries.all<StoredEntry>(after);
    for (const row of rows) {
      entries.push({
        record: decodeRecord(row),
        bodies: this.#bodies.read(row),
        charges: {
          requests: row.charged_requests,
          premiumUnits: row.charged_premium_units,
          nanoAiu: row.charged_nano_aiu,
          tokens: row.charged_tokens,
        },
      });
      bytes += row.body_file === null ? 0 : row.body_bytes;
      if (bytes >= entryBytesAtOnce) return { entries, after: row.position };
    }
    return { entries, after: rows.length < entriesAtOnce ? null : (rows.at(-1)?.position ?? null) };
  }
}

function placeOf({ dimension, span, startMs, group, split }: CellPlace) {
  return [dimension, span, startMs, group.group, split.group];
}
