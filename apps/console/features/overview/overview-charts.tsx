"use client";

import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslations } from "use-intl";
import { TimeChart } from "#components/charts/time-chart";
import { ErrorNotice } from "#components/error-notice";
import { Card, CardHeader } from "#components/ui/card";
import { Segmented } from "#components/ui/segmented";
import { Skeleton } from "#components/ui/skeleton";
import { useOpenPage } from "#components/use-open-page";
import type { StatsAnswer, StatsSplit } from "#lib/api/use-stats";
import type { ChartData } from "#lib/charts/chart-data";
import { encodeNarrowing, type Narrowing } from "#lib/narrowing";
import { createOutcomeSeries, createSeries, createSplitOutcomeSeries } from "#lib/stats/create-series";
import type { Metric } from "#lib/stats/metrics";
import { useTimeOfAnswer } from "#lib/stats/use-time-of-answer";
import { useFigures } from "#lib/use-figures";
import type { RangeState } from "#lib/use-range";
import {
  type OverviewLatency,
  type OverviewMetric,
  overviewLatencies,
  overviewMetrics,
  overviewSplits,
} from "./use-overview-view";

type StatsQuery = UseQueryResult<StatsAnswer>;

interface OverviewChartsProps {
  stats: StatsAnswer;
  /** The same by time and by `split`; the bars are not split while it is on its way. */
  splitStats: StatsQuery;
  /** By time and by the code of what failed. */
  errorStats: StatsQuery;
  /** With a filter nothing is split: bars are not by a dimension, failures not by their code. */
  narrowing: Narrowing | null;
  range: RangeState;
  metric: OverviewMetric;
  split: StatsSplit | "none";
  onMetric: (metric: OverviewMetric) => void;
  onSplit: (split: StatsSplit | "none") => void;
  latency: OverviewLatency;
  onLatency: (latency: OverviewLatency) => void;
}

const percentiles: Readonly<Record<OverviewLatency, readonly Metric[]>> = {
  total: ["latencyP50", "latencyP95", "latencyP99"],
  ttft: ["ttftP50", "ttftP95", "ttftP99"],
};

/** The main chart, of what and by what one chooses, and below it how long answers take and what fails. */
export function OverviewCharts(props: OverviewChartsProps) {
  const { stats, splitStats, errorStats, narrowing, range, metric, split, latency, onMetric, onSplit } = props;
  const t = useTranslations("overview");
  const tCharts = useTranslations("charts");
  const figures = useFigures();
  const openPage = useOpenPage();
  // Time is the one dimension that there is besides a filter.
  const isSplit = split !== "none" && narrowing === null;
  const parts = isSplit ? splitStats.data : undefined;
  const isSplitShown = parts !== undefined;
  // Each chart by what its answer is of: while the span changes, one comes before the others.
  const main = parts ?? stats;
  const mainTime = useTimeOfAnswer(main, range.nowMs);
  const latencyTime = useTimeOfAnswer(stats, range.nowMs);
  const failures = narrowing === null ? errorStats.data : stats;
  const failuresTime = useTimeOfAnswer(failures ?? stats, range.nowMs);
  const open = (startMs: number, endMs: number) => {
    const span = new URLSearchParams({
      tab: "requests",
      range: "custom",
      from: new Date(startMs).toISOString(),
      to: new Date(endMs).toISOString(),
    });
    openPage(`/sessions/?${span}${narrowing === null ? "" : `&${encodeNarrowing(narrowing)}`}`);
  };
  const labels = { otherLabel: tCharts("other"), unknownLabel: t("charts.unknown") };
  const looks = (index: number) => {
    const name = (["p50", "p95", "p99"] as const)[index] ?? "p50";
    return { id: name, label: t(`charts.${name}`), look: (["solid", "dashed", "dotted"] as const)[index] ?? "solid" };
  };
  const seriesOf = (one: Metric): ChartData =>
    createSeries({ buckets: latencyTime.buckets, rows: stats.rows, isSplit: false, metric: one, label: "", ...labels });
  const mainOf = (): ChartData => {
    const { rows } = main;
    const { buckets } = mainTime;
    const label = t(`metrics.${metric}`);
    const failed = t("charts.failed");
    if (metric === "requests" && isSplitShown)
      return createSplitOutcomeSeries({ buckets, rows, isSplit: true, label, ...labels }, failed);
    if (metric === "requests") return createOutcomeSeries(buckets, rows, { completed: t("charts.completed"), failed });
    const data = createSeries({ buckets, rows, isSplit: isSplitShown, metric, label, ...labels });
    return metric === "errors" && !isSplitShown ? inDanger(data) : data;
  };
  const latencies: ChartData = {
    buckets: latencyTime.buckets,
    series: percentiles[latency].map((one, index) => ({ ...firstOf(seriesOf(one)), ...looks(index) })),
  };
  const byCode = createSeries({
    buckets: failuresTime.buckets,
    rows: (failures?.rows ?? []).filter((row) => row.errors > 0),
    isSplit: narrowing === null,
    metric: "errors",
    label: t("metrics.errors"),
    otherLabel: labels.otherLabel,
    unknownLabel: t("charts.noCode"),
  });
  const hasCodes = byCode.series.some(({ look }) => look === "series");
  return (
    <>
      <Card aria-label={t(`metrics.${metric}`)}>
        <CardHeader title={t(`metrics.${metric}`)}>
          <Segmented
            label={t("charts.metric")}
            value={metric}
            options={overviewMetrics.map((value) => ({ value, label: t(`metrics.${value}`) }))}
            onChange={onMetric}
            className="max-w-full overflow-x-auto"
          />
          {narrowing === null && (
            <Segmented
              label={t("charts.split")}
              value={split}
              options={overviewSplits.map((value) => ({ value, label: t(`splits.${value}`) }))}
              onChange={onSplit}
              className="max-w-full overflow-x-auto"
            />
          )}
        </CardHeader>
        {isSplit && <Failure query={splitStats} />}
        <TimeChart
          label={t(`metrics.${metric}`)}
          data={mainOf()}
          kind="bars"
          range={{ ...range, ...mainTime.span }}
          height={240}
          formatValue={metric === "credits" || metric === "premium" ? figures.amount : figures.compact}
          onOpenBucket={open}
        />
      </Card>
      <div className="grid gap-6 xl:grid-cols-2">
        <Card aria-label={t("charts.latency")}>
          <CardHeader title={t("charts.latency")}>
            <Segmented
              label={t("charts.latencies.label")}
              value={latency}
              options={overviewLatencies.map((value) => ({ value, label: t(`charts.latencies.${value}`) }))}
              onChange={props.onLatency}
            />
          </CardHeader>
          <TimeChart
            label={t("charts.latency")}
            data={latencies}
            kind="lines"
            range={{ ...range, ...latencyTime.span }}
            height={180}
            formatValue={figures.duration}
            onOpenBucket={open}
          />
        </Card>
        <Card aria-label={t("charts.errors")}>
          <CardHeader title={t("charts.errors")} />
          {narrowing === null && <Failure query={errorStats} />}
          {failures === undefined && errorStats.isPending && <Skeleton className="m-4 h-52" />}
          {failures !== undefined && (
            <TimeChart
              label={t("charts.errors")}
              data={hasCodes ? byCode : inDanger(byCode)}
              kind="bars"
              range={{ ...range, ...failuresTime.span }}
              height={180}
              formatValue={figures.compact}
              onOpenBucket={open}
            />
          )}
        </Card>
      </div>
    </>
  );
}

/** What a chart lacks, where it could not be had; what was there before stands below. */
function Failure({ query: { error, refetch } }: { query: StatsQuery }) {
  return error === null ? null : <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4" />;
}

/** Failures that are not told apart by anything. */
function inDanger({ buckets, series }: ChartData): ChartData {
  return { buckets, series: series.map((one) => ({ ...one, look: "danger" })) };
}

function firstOf({ series }: ChartData): ChartData["series"][number] {
  return series[0] ?? { id: "", label: "", values: [] };
}
