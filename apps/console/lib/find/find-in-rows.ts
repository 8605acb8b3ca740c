import { findPlaces, lowerCase } from "./find-text";

/** A place in a long list: the row, and which place in it. */
export interface RowPlace {
  row: number;
  at: number;
}

/** What stands in a row, paragraph by paragraph. */
export type ReadRow = (index: number) => readonly string[];

interface FindInRowsOptions {
  count: number;
  readRow: ReadRow;
  text: string;
  /** Asked before each row: null, or what to wait for so that the page stays quick. */
  rest: () => Promise<void> | null;
  signal: AbortSignal;
}

/** Looks for a text in all rows of a list, those too that are not in the page. */
export async function findInRows(options: FindInRowsOptions): Promise<readonly RowPlace[]> {
  const { count, readRow, rest, signal } = options;
  const wanted = options.text.toLowerCase();
  const places: RowPlace[] = [];
  if (wanted === "") return places;
  for (let row = 0; row < count; row += 1) {
    const due = rest();
    if (due !== null) await due;
    if (signal.aborted) break;
    const found = readRow(row).reduce((sum, one) => sum + findPlaces(lowerCase(one), wanted).length, 0);
    for (let at = 0; at < found; at += 1) places.push({ row, at });
  }
  return places;
}
