import { useRouter } from "next/navigation";
import { useTranslations } from "use-intl";
import { TimeChart } from "#components/charts/time-chart";
import { Card, CardHeader } from "#components/ui/card";
import { Segmented } from "#components/ui/segmented";
import { Skeleton } from "#components/ui/skeleton";
import { type StatsAnswer, type StatsGroup, type StatsLine, type StatsRequest, useStats } from "#lib/api/use-stats";
import { encodeNarrowing, type Narrowing } from "#lib/narrowing";
import { canBeShownBy, type TimeBucket } from "#lib/range";
import { createSeries } from "#lib/stats/create-series";
import { isSum, type Metric } from "#lib/stats/metrics";
import { timeOfAnswer } from "#lib/stats/time-of-answer";
import { useMetricFormat } from "#lib/stats/use-metric-format";
import type { RangeState } from "#lib/use-range";
import { accumulate } from "./accumulate";
import { isTimeGroup, type UsageViewState, usageBuckets } from "./use-usage-view";

interface UsageChartProps {
  range: RangeState;
  metric: Metric;
  view: UsageViewState;
  narrowing: Narrowing | null;
  onChange: (changed: Partial<Pick<UsageViewState, "bucket" | "sum">>) => void;
}

/** The metric over time, by group where the gateway can split it. */
export function UsageChart({ range, metric, view, narrowing, onChange }: UsageChartProps) {
  const t = useTranslations("usage");
  const tCharts = useTranslations("charts");
  const router = useRouter();
  const formatMetric = useMetricFormat();
  const { fromMs, toMs, nowMs, timeZone } = range;
  const bucket = view.bucket === "auto" || !canBeShownBy(view.bucket, range, nowMs) ? range.bucket : view.bucket;
  // Time is the one dimension that there is besides a filter.
  const part = isTimeGroup(view.group) || narrowing !== null ? null : view.group;
  const { data } = useStats({
    fromMs,
    toMs,
    timeZone,
    only: narrowing,
    withOutputRate: metric === "outputRate",
    ...groupingOf(part, bucket),
  });
  const chartOf = (answer: StatsAnswer) => {
    const { asked, rows } = answer;
    const time = timeOfAnswer(answer, nowMs);
    const byTeam = asked.groupBy === "team";
    const series = createSeries({
      buckets: time.buckets,
      rows: byTeam ? swapRows(rows) : rows,
      isSplit: asked.splitBy !== undefined,
      metric,
      label: t(`metrics.${metric}`),
      otherLabel: tCharts("other"),
      unknownLabel: t(`unknown.${byTeam ? "team" : (part ?? "model")}`),
    });
    return {
      data: view.sum && isSum(metric) ? accumulate(series) : series,
      range: { ...range, ...time.span },
    };
  };
  const title = t(`metrics.${metric}`);
  return (
    <Card aria-label={title}>
      <CardHeader title={title}>
        {isSum(metric) && (
          <Segmented
            label={t("shape")}
            value={view.sum ? "sum" : "each"}
            options={[
              { value: "each", label: t("each") },
              { value: "sum", label: t("sum") },
            ]}
            onChange={(shape) => onChange({ sum: shape === "sum" })}
          />
        )}
        <Segmented
          label={t("bucket")}
          value={view.bucket}
          options={usageBuckets.map((value) => ({
            value,
            label: t(`buckets.${value}`),
            isDisabled: value !== "auto" && !canBeShownBy(value, range, nowMs),
          }))}
          onChange={(next) => onChange({ bucket: next })}
        />
      </CardHeader>
      {data === undefined ? (
        <Skeleton className="m-4 h-72" />
      ) : (
        <TimeChart
          {...chartOf(data)}
          label={title}
          kind={isSum(metric) ? "bars" : "lines"}
          height={260}
          formatValue={(value) => formatMetric(metric, value)}
          onOpenBucket={(startMs, endMs) => {
            const span = new URLSearchParams({
              tab: "requests",
              range: "custom",
              from: new Date(startMs).toISOString(),
              to: new Date(endMs).toISOString(),
            });
            router.push(`/sessions/?${span}${narrowing === null ? "" : `&${encodeNarrowing(narrowing)}`}`);
          }}
        />
      )}
    </Card>
  );
}

/** Time by the view's groups, or by itself; teams are no split of anything, so time is theirs. */
function groupingOf(group: StatsGroup | null, bucket: TimeBucket): Pick<StatsRequest, "groupBy" | "splitBy"> {
  if (group === null) return { groupBy: bucket };
  return group === "team" ? { groupBy: group, splitBy: bucket } : { groupBy: bucket, splitBy: group };
}

/** Groups as the parts of their parts. */
function swapRows(rows: readonly StatsLine[]): readonly StatsLine[] {
  return rows.map((row) => ({
    ...row,
    group: row.split,
    label: row.split_label,
    split: row.group,
    split_label: row.label,
  }));
}
