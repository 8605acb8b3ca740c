import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { type TimeBucket, timeBuckets } from "#lib/range";
import { shareMetrics, sumMetrics } from "#lib/stats/metrics";

export const usageViews = ["chart", "heatmap", "cycles"] as const;
export const usageGroups = ["model", "key", "token", "team", "hour", "day", "week", "month"] as const;
export const usageSplits = ["none", "model", "key", "token"] as const;
export const usageBuckets = ["auto", ...timeBuckets] as const;

/** What the page shows, as it stands in the address. */
export function useUsageView() {
  return useQueryStates({
    view: parseAsStringLiteral(usageViews).withDefault("chart"),
    metric: parseAsStringLiteral([...sumMetrics, ...shareMetrics]).withDefault("requests"),
    group: parseAsStringLiteral(usageGroups).withDefault("model"),
    subgroup: parseAsStringLiteral(usageSplits).withDefault("none"),
    bucket: parseAsStringLiteral(usageBuckets).withDefault("auto"),
    compare: parseAsStringLiteral(["prev"]),
    sum: parseAsBoolean.withDefault(false),
    sort: parseAsString.withDefault(""),
  });
}

export type UsageViewState = ReturnType<typeof useUsageView>[0];

/** Whether rows are times, not what requests have in common. */
export function isTimeGroup(group: UsageViewState["group"]): group is Exclude<TimeBucket, "5m"> {
  return group === "hour" || group === "day" || group === "week" || group === "month";
}
