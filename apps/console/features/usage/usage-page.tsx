"use client";

import { useCallback, useMemo } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { NarrowingBar } from "#components/filters/narrowing-bar";
import { ListSkeleton } from "#components/list-skeleton";
import { PageBody } from "#components/page-body";
import { PageHeader } from "#components/page-header";
import { RangePicker } from "#components/range/range-picker";
import { Button } from "#components/ui/button";
import { Picker } from "#components/ui/picker";
import { Segmented } from "#components/ui/segmented";
import { queryKeys } from "#lib/api/query-keys";
import { type StatsLine, useStats } from "#lib/api/use-stats";
import { useLiveRefresh } from "#lib/live/use-live-refresh";
import { encodeNarrowing } from "#lib/narrowing";
import { previousRange } from "#lib/range";
import { allMetrics } from "#lib/stats/metrics";
import { timeOfAnswer } from "#lib/stats/time-of-answer";
import { useBucketFormat } from "#lib/use-bucket-format";
import { useNarrowing } from "#lib/use-narrowing";
import { useRange } from "#lib/use-range";
import { createPivot, createTotals, type PivotRow } from "./pivot";
import { resolveGrouping } from "./resolve-grouping";
import { UsageChart } from "./usage-chart";
import { UsageCycles } from "./usage-cycles";
import { UsageHeatMap } from "./usage-heat-map";
import { UsagePivot } from "./usage-pivot";
import { isTimeGroup, usageGroups, usageSplits, usageViews, useUsageView } from "./use-usage-view";

const noRows: readonly StatsLine[] = [];

/** Who uses what? */
export function UsagePage() {
  const t = useTranslations("usage");
  const range = useRange("7d");
  const [view, setView] = useUsageView();
  const [narrowing, narrow] = useNarrowing();
  const { metric } = view;
  const { group, splitBy } = resolveGrouping(view, narrowing);
  const { fromMs, toMs, nowMs, search, timeZone } = range;
  const timeGroup = isTimeGroup(group) ? group : null;
  const withOutputRate = metric === "outputRate" || group !== "hour";
  const asked = { groupBy: group, only: narrowing, withOutputRate, ...(splitBy === undefined ? {} : { splitBy }) };
  const stats = useStats({ fromMs, toMs, timeZone, ...asked });
  const isCompared = view.compare !== null && timeGroup === null;
  const earlier = previousRange(range);
  const before = useStats({ fromMs: earlier.fromMs, toMs: earlier.toMs, ...asked }, isCompared);
  useLiveRefresh(queryKeys.stats, "request", 10_000);
  // The table is of what is answered; something else may be asked for by now.
  const { data } = stats;
  const shown = usageGroups.find((known) => known === data?.asked.groupBy) ?? group;
  const shownSplit = data === undefined ? splitBy : usageSplits.find((known) => known === data.asked.splitBy);
  const buckets = useMemo(
    () =>
      data === undefined || !isTimeGroup(shown)
        ? null
        : new Map(timeOfAnswer(data, nowMs).buckets.map((bucket) => [bucket.name, bucket])),
    [data, shown, nowMs],
  );
  const formatBucket = useBucketFormat(isTimeGroup(shown) ? shown : "day", data?.asked.timeZone ?? timeZone);
  const earlierRows =
    isCompared && before.data?.asked.groupBy === shown && before.data.asked.splitBy === data?.asked.splitBy
      ? before.data.rows
      : noRows;
  const nameOf = useCallback(
    (row: StatsLine) => {
      const bucket = buckets?.get(row.group ?? "");
      return bucket === undefined ? (row.label ?? row.group) : formatBucket(bucket.startMs, "long");
    },
    [buckets, formatBucket],
  );
  const rows = useMemo(
    () =>
      createPivot({
        rows: data?.rows ?? noRows,
        before: earlierRows,
        unknownLabel: t(`unknown.${isTimeGroup(shown) ? "model" : shown}`),
        nameOf,
      }),
    [data, earlierRows, shown, nameOf, t],
  );
  const hrefOf = useCallback(
    (row: PivotRow) => {
      if (row.isTotal || row.group === null) return null;
      if (shown === "team") return `/keys/?team=${encodeURIComponent(row.group)}`;
      const only = narrowing === null || narrowing.dimension === shown ? "" : `&${encodeNarrowing(narrowing)}`;
      if (buckets === null) return `/sessions/?${shown}=${encodeURIComponent(row.group)}&${search}${only}`;
      const bucket = buckets.get(row.group);
      if (bucket === undefined) return null;
      const [from, to] = [bucket.startMs, bucket.endMs].map((ms) => new Date(ms).toISOString());
      return `/sessions/?${new URLSearchParams({ range: "custom", from: from ?? "", to: to ?? "" })}${only}`;
    },
    [shown, buckets, search, narrowing],
  );
  return (
    <>
      <PageHeader title={t("title")} isLive>
        {view.view !== "cycles" && <RangePicker range={range} />}
      </PageHeader>
      <PageBody>
        <div className="flex flex-wrap items-start gap-2">
          <Segmented
            label={t("view")}
            value={view.view}
            options={usageViews.map((value) => ({ value, label: t(`views.${value}`) }))}
            onChange={(next) => void setView({ view: next })}
          />
          {view.view !== "cycles" && (
            <>
              <Picker
                label={t("metric")}
                options={allMetrics.map((value) => ({ value, label: t(`metrics.${value}`) }))}
                value={metric}
                onSelect={(next) =>
                  void setView({ metric: allMetrics.find((known) => known === next) ?? null, sort: null })
                }
              />
              <Segmented
                label={t("group")}
                value={group}
                options={usageGroups.map((value) => ({
                  value,
                  label: t(`groups.${value}`),
                  isDisabled: value === "team" && narrowing !== null,
                }))}
                onChange={(next) => void setView({ group: next, sort: null })}
                className="max-w-full overflow-x-auto"
              />
              <Picker
                label={t("subgroup")}
                options={usageSplits
                  .filter((value) => value !== group)
                  .filter((value) => value === "none" || resolveGrouping({ group, subgroup: value }, narrowing).splitBy)
                  .map((value) => ({ value, label: t(`splits.${value}`) }))}
                value={splitBy ?? "none"}
                onSelect={(next) => void setView({ subgroup: usageSplits.find((known) => known === next) ?? null })}
              />
              {timeGroup === null && (
                <Button
                  variant="outline"
                  size="small"
                  aria-pressed={isCompared}
                  onClick={() => void setView({ compare: isCompared ? null : "prev" })}
                  className="aria-pressed:bg-muted"
                >
                  {t("compare")}
                </Button>
              )}
              <NarrowingBar range={range} narrowing={narrowing} onNarrow={narrow} />
            </>
          )}
        </div>
        {view.view === "chart" && (
          <UsageChart
            range={range}
            metric={metric}
            view={view}
            narrowing={narrowing}
            onChange={(changed) => void setView(changed)}
          />
        )}
        {view.view === "heatmap" && <UsageHeatMap range={range} metric={metric} narrowing={narrowing} />}
        {view.view === "cycles" && <UsageCycles />}
        {view.view !== "cycles" && (
          <>
            {stats.error !== null && <ErrorNotice error={stats.error} onRetry={() => void stats.refetch()} />}
            {data === undefined && stats.error === null && <ListSkeleton />}
            {data !== undefined && (
              <UsagePivot
                title={t(`by.${shown}`)}
                nameHeader={t(`names.${shown}`)}
                partHeader={shownSplit === undefined || shownSplit === "none" ? null : t(`names.${shownSplit}`)}
                rows={rows}
                totals={createTotals(data, isCompared ? before.data : undefined, t("total"))}
                metrics={allMetrics}
                metric={metric}
                isOfTime={buckets !== null}
                isCompared={isCompared}
                sort={view.sort}
                onSort={(sort) => void setView({ sort: sort === "" ? null : sort })}
                hrefOf={hrefOf}
                isDimmed={stats.isPlaceholderData || stats.error !== null}
              />
            )}
          </>
        )}
      </PageBody>
    </>
  );
}
