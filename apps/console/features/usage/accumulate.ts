import type { ChartData } from "#lib/charts/chart-data";

/** Each value with all before it: how a sum grew. */
export function accumulate({ buckets, series }: ChartData): ChartData {
  return {
    buckets,
    series: series.map((one) => {
      let sum = 0;
      return {
        ...one,
        values: one.values.map((value) => {
          sum += value ?? 0;
          return sum;
        }),
      };
    }),
  };
}
