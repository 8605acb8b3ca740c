import type { StatisticsCell } from "../../statistics/statistics-cell.js";
import { sumColumns } from "../counts/count-writer.js";
import { decodeHistogram } from "../counts/histogram-blob.js";

/** For a select of cells as arrays: what makes up a cell, behind other columns. Beyond 2^53 the driver refuses whole numbers. */
export const cellSelect = ["latencies", "first_tokens", ...sumColumns.map((column) => `CAST(${column} AS REAL)`)].join(
  ", ",
);

/** The values of `cellSelect`. */
export type CellValues = readonly [latencies: Uint8Array, firstTokens: Uint8Array, ...sums: number[]];

export function decodeCell([latencies, firstTokens, ...sums]: CellValues): StatisticsCell {
  return { sums, latencies: decodeHistogram(latencies), firstTokens: decodeHistogram(firstTokens) };
}
