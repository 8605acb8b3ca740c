import type { StatisticsCell } from "../../statistics/statistics-cell.js";
import { sumColumns } from "../counts/count-writer.js";
import { decodeHistogram } from "../counts/histogram-blob.js";
import type { SqlValue } from "../driver/sql-database.js";

const cellColumns = ["latencies", "first_tokens", ...sumColumns.map((column) => `CAST(${column} AS REAL)`)];

/** For a select as arrays: what makes up a cell, but for its output rates. Beyond 2^53 the driver refuses whole numbers. */
export const cellSelect = cellColumns.join(", ");

/** So many values. */
export const cellWidth = cellColumns.length;

/** Of a row in which the cell's values begin there. `outputRates`: the value of its column, where that was selected. */
export function decodeCell(row: readonly SqlValue[], start: number, outputRates: SqlValue | undefined): StatisticsCell {
  const sums: number[] = [];
  for (let index = 2; index < cellWidth; index += 1) sums.push(Number(row[start + index]));
  return {
    sums,
    latencies: decodeBlob(row[start]),
    firstTokens: decodeBlob(row[start + 1]),
    outputRates: decodeBlob(outputRates),
  };
}

function decodeBlob(value: SqlValue | undefined) {
  return value instanceof Uint8Array ? decodeHistogram(value) : [];
}
