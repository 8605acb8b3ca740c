import type { StatsLine } from "#lib/api/use-stats";
import type { SumMetric } from "#lib/stats/metrics";
import { metricOf } from "#lib/stats/metrics";

/** Sums by weekday, Monday first, and hour. */
export type HeatMap = readonly (readonly number[])[];

/** Where the requests of a week lie: hours of the clock of the reader, or of UTC. */
export function createHeatMap(rows: readonly StatsLine[], metric: SumMetric, isUtc: boolean): HeatMap {
  const map = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const row of rows) {
    const at = new Date(row.group ?? "");
    if (Number.isNaN(at.getTime())) continue;
    const day = isUtc ? at.getUTCDay() : at.getDay();
    const hours = map[(day + 6) % 7];
    const hour = isUtc ? at.getUTCHours() : at.getHours();
    if (hours !== undefined) hours[hour] = (hours[hour] ?? 0) + (metricOf(metric, row) ?? 0);
  }
  return map;
}
