import type { SessionFilter } from "../../interfaces/sessions.js";
import { stretchRecords } from "../counts/pending-counts.js";
import type { SqlDatabase } from "../driver/sql-database.js";

/** Positions from `from` on, and before `to`. */
export interface PositionRange {
  readonly from: number;
  readonly to: number;
}

/** So many positions are looked through in one step: a fraction of the time that anybody would notice. */
const stepRecords = 16 * stretchRecords;

/** Ranges that hold every record of the filter's time that is at or after `from` and before `to`, the latest first. */
export function walkBackwards(database: SqlDatabase, filter: SessionFilter, range: PositionRange): PositionRange[] {
  const bounds = database
    .prepare("SELECT (SELECT min(position) FROM records) AS first, (SELECT max(position) FROM records) AS last")
    .get<{ first: number | null; last: number | null }>();
  const from = Math.max(range.from, bounds?.first ?? 0);
  const to = Math.min(range.to, (bounds?.last ?? -1) + 1);
  return findStretches(database, filter)
    .map((stretch) => ({ from: Math.max(from, stretch.from), to: Math.min(to, stretch.to) }))
    .filter((stretch) => stretch.from < stretch.to)
    .flatMap(toSteps);
}

/** Joined where one follows the other; the latest first. */
function findStretches(database: SqlDatabase, { fromMs, toMs }: SessionFilter): readonly PositionRange[] {
  if (fromMs === undefined && toMs === undefined) return [{ from: 0, to: Number.MAX_SAFE_INTEGER }];
  const counted = database.prepare("SELECT counted_through FROM ledger_state").get<{ counted_through: number }>();
  const found = database
    .prepare("SELECT first_position FROM record_spans WHERE last_ms >= ? AND first_ms < ? ORDER BY first_position DESC")
    .all<{ first_position: number }>(fromMs ?? Number.MIN_SAFE_INTEGER, toMs ?? Number.MAX_SAFE_INTEGER);
  // The times of what is not counted yet are not known.
  const joined: PositionRange[] = [{ from: (counted?.counted_through ?? 0) + 1, to: Number.MAX_SAFE_INTEGER }];
  for (const { first_position: from } of found) {
    const latest = joined.at(-1);
    if (latest !== undefined && latest.from <= from + stretchRecords) joined.splice(-1, 1, { ...latest, from });
    else joined.push({ from, to: from + stretchRecords });
  }
  return joined;
}

function toSteps({ from, to }: PositionRange): PositionRange[] {
  const steps: PositionRange[] = [];
  for (let end = to; end > from; end -= stepRecords) steps.push({ from: Math.max(from, end - stepRecords), to: end });
  return steps;
}
