import type { SessionFilter } from "../../interfaces/sessions.js";
import { type NamedThing, outcomeNumber, protocolNumber, type RecordColumns, unrecorded } from "./record-columns.js";
import type { SegmentSummary } from "./rows-file.js";

/** Whether a row fits everything but the text, which no column holds. */
export type RowFilter = (row: number) => boolean;

/** Whether any row of the segment may fit. */
export function mayHoldMatch({ firstMs, lastMs, dictionary }: SegmentSummary, filter: SessionFilter): boolean {
  if (firstMs >= (filter.toMs ?? Number.POSITIVE_INFINITY)) return false;
  if (lastMs < (filter.fromMs ?? Number.NEGATIVE_INFINITY)) return false;
  return (
    isNamed(dictionary.models, filter.model) &&
    isNamed(dictionary.keys, filter.key) &&
    isNamed(dictionary.tokens, filter.tokenId)
  );
}

export function createRowFilter({ columns, dictionary }: RecordColumns, filter: SessionFilter): RowFilter {
  const tests: RowFilter[] = [(row) => columns.conversation[row] !== unrecorded];
  const test = (column: ArrayLike<number>, wanted: number) => tests.push((row) => column[row] === wanted);
  if (filter.model !== undefined) test(columns.model, numberOf(dictionary.models, filter.model));
  if (filter.key !== undefined) test(columns.key, numberOf(dictionary.keys, filter.key));
  if (filter.tokenId !== undefined) test(columns.token, numberOf(dictionary.tokens, filter.tokenId));
  if (filter.protocol !== undefined) test(columns.protocol, protocolNumber(filter.protocol));
  if (filter.outcome !== undefined) test(columns.outcome, outcomeNumber(filter.outcome));
  const { fromMs, toMs } = filter;
  if (fromMs !== undefined) tests.push((row) => (columns.startedAtMs[row] ?? 0) >= fromMs);
  if (toMs !== undefined) tests.push((row) => (columns.startedAtMs[row] ?? 0) < toMs);
  return (row) => tests.every((fits) => fits(row));
}

function isNamed(things: readonly NamedThing[], id: string | undefined): boolean {
  return id === undefined || numberOf(things, id) !== -1;
}

function numberOf(things: readonly NamedThing[], id: string): number {
  return id === "" ? -1 : things.findIndex((thing) => thing.id === id);
}
