import type { StatisticsFigures, StatisticsQuery, StatisticsReport, StatisticsRow } from "../interfaces/statistics.js";
import { type DayStatistics, hoursWithin, isWithin, sumDayGroups } from "./day-statistics.js";
import { type Dimension, noGroup } from "./grouped-cells.js";
import { CellSum, cellFigures } from "./statistics-cell.js";

export type StatisticsLabels = Readonly<Record<Exclude<Dimension, "model">, ReadonlyMap<string, string>>>;

/** `days` in order of time. */
export function reportStatistics(
  days: readonly DayStatistics[],
  labels: StatisticsLabels,
  query: StatisticsQuery,
): StatisticsReport {
  const totals = new CellSum();
  for (const day of days) addDay(totals, day, query);
  return { totals: totals.figures(), rows: rowsOf(days, labels, query) };
}

function rowsOf(days: readonly DayStatistics[], labels: StatisticsLabels, query: StatisticsQuery): StatisticsRow[] {
  switch (query.groupBy) {
    case "day":
      return days.map((day) => {
        const figures = addDay(new CellSum(), day, query).figures();
        return timeRow(new Date(day.startMs).toISOString().slice(0, 10), figures);
      });
    case "hour":
      return days
        .flatMap((day) => hoursWithin(day, query.fromMs, query.toMs))
        .map(({ startMs, total }) => timeRow(new Date(startMs).toISOString(), cellFigures(total)));
    default:
      return groupRows(days, labels, query, query.groupBy);
  }
}

function addDay(sum: CellSum, day: DayStatistics, { fromMs, toMs }: StatisticsQuery): CellSum {
  if (isWithin(day, fromMs, toMs)) return sum.add(day.total);
  for (const { total } of hoursWithin(day, fromMs, toMs)) sum.add(total);
  return sum;
}

function timeRow(time: string, figures: StatisticsFigures): StatisticsRow {
  return { group: time, label: time, ...figures };
}

function groupRows(
  days: readonly DayStatistics[],
  labels: StatisticsLabels,
  range: StatisticsQuery,
  dimension: Dimension,
): StatisticsRow[] {
  const sums = new Map<string, CellSum>();
  for (const day of days) sumDayGroups(sums, day, dimension, range);
  const labelOf = (group: string) => (dimension === "model" ? undefined : labels[dimension].get(group)) ?? group;
  return [...sums]
    .map(([group, sum]) =>
      group === noGroup
        ? { group: null, label: null, ...sum.figures() }
        : { group, label: labelOf(group), ...sum.figures() },
    )
    .sort((a, b) => b.requests - a.requests);
}
