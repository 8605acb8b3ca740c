import type { StatsLine } from "#lib/api/use-stats";
import type { ChartData, Series } from "#lib/charts/chart-data";
import { maxSeries } from "#lib/charts/series-colors";
import type { Bucket } from "#lib/range";
import { isSum, type Metric, metricOf } from "./metrics";

interface SeriesOptions {
  buckets: readonly Bucket[];
  /** Rows grouped by time. */
  rows: readonly StatsLine[];
  /** Whether they are split by something else besides. */
  isSplit: boolean;
  metric: Metric;
  /** The name of what is not split. */
  label: string;
  otherLabel: string;
  unknownLabel: string;
}

/** The values of one metric over time: one series, or one for each part when the rows are split, the rest as "other". */
export function createSeries(options: SeriesOptions): ChartData {
  const { buckets, rows, isSplit, metric, label, otherLabel, unknownLabel } = options;
  const indexOf = new Map(buckets.map(({ name }, index) => [name, index]));
  const empty = () => buckets.map((): number | null => (isSum(metric) ? 0 : null));
  const parts = new Map<string, { label: string; total: number; values: (number | null)[] }>();
  for (const row of rows) {
    const index = indexOf.get(row.group ?? "");
    const value = metricOf(metric, row);
    if (index === undefined || value === null) continue;
    const id = isSplit ? (row.split ?? "") : "all";
    const part = parts.get(id) ?? {
      label: isSplit ? (row.split_label ?? row.split ?? unknownLabel) : label,
      total: 0,
      values: empty(),
    };
    part.values[index] = isSum(metric) ? (part.values[index] ?? 0) + value : value;
    part.total += value;
    parts.set(id, part);
  }
  if (parts.size === 0) return { buckets, series: [{ id: "all", label, values: empty(), look: "solid" }] };
  const ranked = [...parts].sort(([, a], [, b]) => b.total - a.total);
  const shown = ranked.slice(0, maxSeries);
  const rest = ranked.slice(maxSeries);
  const series: Series[] = shown.map(([id, part]) => ({
    id,
    label: part.label,
    values: part.values,
    look: id === "all" ? "solid" : "series",
  }));
  if (rest.length > 0 && isSum(metric)) {
    const values = buckets.map((_bucket, index) => rest.reduce((sum, [, part]) => sum + (part.values[index] ?? 0), 0));
    series.push({ id: "other", label: otherLabel, values, look: "other" });
  }
  return { buckets, series };
}

/** Requests over time by their part, with all that failed as one more part, in red. */
export function createSplitOutcomeSeries(options: Omit<SeriesOptions, "metric">, failedLabel: string): ChartData {
  const completed = options.rows.map((row) => ({ ...row, requests: row.requests - row.errors }));
  const { buckets, series } = createSeries({ ...options, rows: completed, metric: "requests" });
  const failed = createOutcomeSeries(buckets, options.rows, { completed: "", failed: failedLabel }).series.slice(1);
  return { buckets, series: [...series, ...failed] };
}

/** Requests over time as those that came through and, in red, those that failed. */
export function createOutcomeSeries(
  buckets: readonly Bucket[],
  rows: readonly StatsLine[],
  labels: { completed: string; failed: string },
): ChartData {
  const read = (valueOfRow: (row: StatsLine) => number) =>
    buckets.map(({ name }) =>
      rows.filter(({ group }) => group === name).reduce((sum, row) => sum + valueOfRow(row), 0),
    );
  return {
    buckets,
    series: [
      {
        id: "completed",
        label: labels.completed,
        values: read(({ requests, errors }) => requests - errors),
        look: "solid",
      },
      { id: "failed", label: labels.failed, values: read(({ errors }) => errors), look: "danger" },
    ],
  };
}
