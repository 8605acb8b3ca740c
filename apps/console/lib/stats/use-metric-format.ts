import { useMemo } from "react";
import { useFigures } from "#lib/use-figures";
import type { Metric } from "./metrics";

/** How a metric's value is written; a dash for what is not known. */
export function useMetricFormat(): (metric: Metric, value: number | null) => string {
  const figures = useFigures();
  return useMemo(
    () => (metric, value) => {
      if (value === null) return "–";
      switch (metric) {
        case "errorRate":
        case "cacheRate":
          return figures.percent(value);
        case "latencyP50":
        case "latencyP95":
        case "latencyP99":
        case "ttftP50":
        case "ttftP95":
        case "ttftP99":
          return figures.duration(value);
        case "credits":
        case "premium":
          return figures.amount(value);
        case "outputRate":
          return figures.amount(value < 10 ? value : Math.round(value));
        default:
          return figures.compact(value);
      }
    },
    [figures],
  );
}
