import type { StatsAnswer, StatsFigures, StatsLine } from "#lib/api/use-stats";
import { encodeCsv } from "#lib/encode-csv";
import { type Metric, metricOf } from "#lib/stats/metrics";

/** One row of the pivot: a group, or a part of one. */
export interface PivotRow {
  id: string;
  group: string | null;
  name: string;
  /** The part within the group; null where nothing is split. */
  part: { id: string | null; name: string } | null;
  figures: StatsFigures;
  /** The same in the period before; null where there was nothing or nothing is compared. */
  before: StatsFigures | null;
  isTotal: boolean;
}

interface PivotOptions {
  rows: readonly StatsLine[];
  before: readonly StatsLine[];
  unknownLabel: string;
  /** How a group is called: a day is written as one. */
  nameOf: (row: StatsLine) => string | null;
}

/** A row for each group, and for each part of it where the gateway split them. */
export function createPivot({ rows, before, unknownLabel, nameOf }: PivotOptions): readonly PivotRow[] {
  const idOf = ({ group, split }: StatsLine) => `${group ?? ""}\n${split ?? ""}`;
  const earlier = new Map(before.map((row) => [idOf(row), row]));
  return rows.map((row) => ({
    id: idOf(row),
    group: row.group,
    name: nameOf(row) ?? unknownLabel,
    part: row.split === undefined ? null : { id: row.split, name: row.split_label ?? row.split ?? unknownLabel },
    figures: row,
    before: earlier.get(idOf(row)) ?? null,
    isTotal: false,
  }));
}

/** The sum of all rows, as the gateway has it. */
export function createTotals(stats: StatsAnswer, before: StatsAnswer | undefined, name: string): PivotRow {
  const { totals } = stats;
  return { id: "total", group: null, name, part: null, figures: totals, before: before?.totals ?? null, isTotal: true };
}

/** What the column of names is sorted by: times as they followed each other, not as they are written. */
export function nameOrderOf({ group, name }: Pick<PivotRow, "group" | "name">, isOfTime: boolean): string {
  return isOfTime ? (group ?? "") : name.toLowerCase();
}

/** How a metric changed against the period before, as a share; null where there was nothing to change. */
export function changeOf({ figures, before }: PivotRow, metric: Metric): number | null {
  const now = metricOf(metric, figures);
  const then = before === null ? null : metricOf(metric, before);
  return now === null || then === null || then === 0 ? null : now / then - 1;
}

/** The pivot as a table for a spreadsheet, with every digit. */
export function encodePivotCsv(rows: readonly PivotRow[], metrics: readonly Metric[]): string {
  const hasParts = rows.some(({ part }) => part !== null);
  return encodeCsv([
    ["id", "name", ...(hasParts ? ["part_id", "part"] : []), ...metrics],
    ...rows.map(({ group, name, part, figures }) => [
      group ?? "",
      name,
      ...(hasParts ? [part?.id ?? "", part?.name ?? ""] : []),
      ...metrics.map((metric) => metricOf(metric, figures)),
    ]),
  ]);
}
