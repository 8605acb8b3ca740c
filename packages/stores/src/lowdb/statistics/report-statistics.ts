import type { StatisticsQuery, StatisticsReport, StatisticsRow } from "../../statistics.js";
import type { DayStatistics } from "./day-statistics.js";
import { type Dimension, noGroup } from "./grouped-cells.js";
import { StatisticsCell } from "./statistics-cell.js";

export type StatisticsLabels = Readonly<Record<Exclude<Dimension, "model">, ReadonlyMap<string, string>>>;

/** `days` in order of time. */
export function reportStatistics(
  days: readonly DayStatistics[],
  labels: StatisticsLabels,
  query: StatisticsQuery,
): StatisticsReport {
  const { fromMs, toMs, groupBy } = query;
  const totals = new StatisticsCell();
  for (const day of days) {
    for (const { cell } of day.hourTotals(fromMs, toMs)) totals.addCell(cell);
  }
  return {
    totals: totals.figures(),
    rows: groupBy === "day" || groupBy === "hour" ? timeRows(days, query) : groupRows(days, labels, query, groupBy),
  };
}

function timeRows(days: readonly DayStatistics[], { fromMs, toMs, groupBy }: StatisticsQuery): StatisticsRow[] {
  const cells = new Map<string, StatisticsCell>();
  for (const day of days) {
    for (const { startMs, cell } of day.hourTotals(fromMs, toMs)) {
      const time = new Date(startMs).toISOString();
      const group = groupBy === "day" ? time.slice(0, 10) : time;
      const sum = cells.get(group) ?? new StatisticsCell();
      sum.addCell(cell);
      cells.set(group, sum);
    }
  }
  return [...cells].map(([group, cell]) => ({ group, label: group, ...cell.figures() }));
}

function groupRows(
  days: readonly DayStatistics[],
  labels: StatisticsLabels,
  { fromMs, toMs }: StatisticsQuery,
  dimension: Dimension,
): StatisticsRow[] {
  const cells = new Map<string, StatisticsCell>();
  for (const day of days) day.addGroupsTo(cells, dimension, fromMs, toMs);
  const labelOf = (group: string) => (dimension === "model" ? undefined : labels[dimension].get(group)) ?? group;
  return [...cells]
    .map(([group, cell]) =>
      group === noGroup
        ? { group: null, label: null, ...cell.figures() }
        : { group, label: labelOf(group), ...cell.figures() },
    )
    .sort((a, b) => b.requests - a.requests);
}
