import type { Series } from "#lib/charts/chart-data";

/** What a series is at one bucket. */
export interface ColumnRow {
  series: Series;
  value: number | null;
}
