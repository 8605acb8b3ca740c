import { encodeCsv } from "#lib/encode-csv";
import type { Bucket } from "#lib/range";

/** One line or one layer of bars, a value a bucket; null where nothing is known. */
export interface Series {
  id: string;
  label: string;
  values: readonly (number | null)[];
  look?: "series" | "other" | "danger" | "solid" | "dashed" | "dotted";
}

export interface ChartData {
  buckets: readonly Bucket[];
  series: readonly Series[];
}

/** The highest bar, or the highest point of a line. */
export function maxOf({ buckets, series }: ChartData, isStacked: boolean): number {
  const values = buckets.map((_bucket, index) => {
    const column = series.map(({ values: all }) => all[index] ?? 0);
    return isStacked ? column.reduce((sum, value) => sum + value, 0) : Math.max(0, ...column);
  });
  return Math.max(0, ...values);
}

/** Where the lines of the scale are: a count has no half. */
export function readTicks(ticks: readonly number[], { series }: ChartData): readonly number[] {
  const isCounted = series.every(({ values }) => values.every((value) => value === null || Number.isInteger(value)));
  return isCounted ? ticks.filter(Number.isInteger) : ticks;
}

/** Comma-separated values of a chart: a line a bucket, a column a series. */
export function encodeChartCsv({ buckets, series }: ChartData, timeHeader: string): string {
  const lines = [
    [timeHeader, ...series.map(({ label }) => label)],
    ...buckets.map(({ startMs }, index) => [
      new Date(startMs).toISOString(),
      ...series.map(({ values }) => values[index] ?? null),
    ]),
  ];
  return encodeCsv(lines);
}
