import { parseAsStringLiteral, useQueryStates } from "nuqs";

export const overviewMetrics = ["requests", "errors", "tokens", "credits", "premium"] as const;
export type OverviewMetric = (typeof overviewMetrics)[number];

export const overviewSplits = ["none", "model", "key", "token"] as const;

export const overviewLatencies = ["total", "ttft"] as const;
export type OverviewLatency = (typeof overviewLatencies)[number];

/** What the main chart shows, as it stands in the address. */
export function useOverviewView() {
  return useQueryStates({
    metric: parseAsStringLiteral(overviewMetrics).withDefault("requests"),
    latency: parseAsStringLiteral(overviewLatencies).withDefault("total"),
    split: parseAsStringLiteral(overviewSplits).withDefault("model"),
  });
}
