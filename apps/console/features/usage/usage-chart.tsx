import { useTranslations } from "use-intl";
import { TimeChart } from "#components/charts/time-chart";
import { ErrorNotice } from "#components/error-notice";
import { Card, CardHeader } from "#components/ui/card";
import { Segmented } from "#components/ui/segmented";
import { Skeleton } from "#components/ui/skeleton";
import { useOpenPage } from "#components/use-open-page";
import { type StatsGroup, type StatsLine, type StatsRequest, type StatsSplit, useStats } from "#lib/api/use-stats";
import { encodeNarrowing, type Narrowing } from "#lib/narrowing";
import { canBeShownBy, type TimeBucket } from "#lib/range";
import { createSeries } from "#lib/stats/create-series";
import { isSum, type Metric } from "#lib/stats/metrics";
import { useMetricFormat } from "#lib/stats/use-metric-format";
import { useTimeOfAnswer } from "#lib/stats/use-time-of-answer";
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
  const openPage = useOpenPage();
  const formatMetric = useMetricFormat();
  const { fromMs, toMs, nowMs, timeZone } = range;
  const bucket = view.bucket === "auto" || !canBeShownBy(view.bucket, range, nowMs) ? range.bucket : view.bucket;
  // Time is the one dimension that there is besides a filter.
  const asked: StatsRequest = {
    fromMs,
    toMs,
    timeZone,
    only: narrowing,
    withOutputRate: metric === "outputRate",
    ...groupingOf(isTimeGroup(view.group) || narrowing !== null ? null : view.group, bucket),
  };
  const { data, error, refetch } = useStats(asked);
  const answer = data ?? { asked, rows: [] };
  const { span, buckets } = useTimeOfAnswer(answer, nowMs);
  const part = partOf(answer.asked);
  const series = createSeries({
    buckets,
    rows: part === "team" ? swapRows(answer.rows) : answer.rows,
    isSplit: part !== null,
    metric,
    label: t(`metrics.${metric}`),
    otherLabel: tCharts("other"),
    unknownLabel: t(`unknown.${part ?? "model"}`),
  });
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
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4" />}
      {data === undefined && error === null && <Skeleton className="m-4 h-72" />}
      {data !== undefined && (
        <TimeChart
          label={title}
          data={view.sum && isSum(metric) ? accumulate(series) : series}
          kind={isSum(metric) ? "bars" : "lines"}
          range={{ ...range, ...span }}
          height={260}
          formatValue={(value) => formatMetric(metric, value)}
          onOpenBucket={(startMs, endMs) => {
            const span = new URLSearchParams({
              tab: "requests",
              range: "custom",
              from: new Date(startMs).toISOString(),
              to: new Date(endMs).toISOString(),
            });
            openPage(`/sessions/?${span}${narrowing === null ? "" : `&${encodeNarrowing(narrowing)}`}`);
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

/** What an answer's times are split by. */
function partOf({ groupBy, splitBy }: StatsRequest): StatsSplit | "team" | null {
  if (groupBy === "team") return "team";
  return (["model", "key", "token"] as const).find((part) => part === splitBy) ?? null;
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
