"use client";

import { Suspense, useEffect } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import type { NarrowingBarProps } from "#components/filters/narrowing-bar";
import { PageBody } from "#components/page-body";
import { PageHeader } from "#components/page-header";
import { RangePicker } from "#components/range/range-picker";
import { Skeleton } from "#components/ui/skeleton";
import { queryKeys } from "#lib/api/query-keys";
import { useLatestUsedKeys } from "#lib/api/use-api-keys";
import { useGatewayStatus } from "#lib/api/use-gateway-status";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import { useQuotaForecast } from "#lib/api/use-quota-forecast";
import { useStats } from "#lib/api/use-stats";
import { createLazyPart } from "#lib/lazy-part";
import { useLiveRefresh } from "#lib/live/use-live-refresh";
import { useIsWide } from "#lib/media-query";
import { previousRange } from "#lib/range";
import { useNarrowing } from "#lib/use-narrowing";
import { useRange } from "#lib/use-range";
import { areFirstStepsDone } from "./are-first-steps-done";
import { Attention } from "./attention";
import type { FirstStepsProps } from "./first-steps";
import { OverviewCharts } from "./overview-charts";
import type { OverviewTablesProps } from "./overview-tables";
import { OverviewTiles } from "./overview-tiles";
import { StateLine } from "./state-line";
import { useOverviewView } from "./use-overview-view";
import { WasteFigure } from "./waste-figure";

const FirstSteps = createLazyPart<FirstStepsProps>(async () => (await import("./first-steps")).FirstSteps);

const NarrowingBar = createLazyPart<NarrowingBarProps>(
  async () => (await import("#components/filters/narrowing-bar")).NarrowingBar,
);
const OverviewTables = createLazyPart<OverviewTablesProps>(
  async () => (await import("./overview-tables")).OverviewTables,
);

/** Can it serve, and are we wasting what we pay for? */
export function OverviewPage() {
  const t = useTranslations("overview");
  const range = useRange("24h");
  const [view, setView] = useOverviewView();
  const [narrowing, narrow] = useNarrowing();
  const isWide = useIsWide();
  const tokens = useGithubTokens();
  const keys = useLatestUsedKeys();
  const status = useGatewayStatus();
  const { fromMs, toMs, bucket, timeZone } = range;
  const stats = useStats({
    fromMs,
    toMs,
    groupBy: bucket,
    only: narrowing,
    timeZone,
  });
  // Time is the one dimension that there is besides a filter.
  const isSplit = view.split !== "none" && narrowing === null;
  const splitStats = useStats(
    { fromMs, toMs, groupBy: bucket, timeZone, ...(view.split === "none" ? {} : { splitBy: view.split }) },
    isSplit,
  );
  const errorStats = useStats({ fromMs, toMs, groupBy: bucket, splitBy: "error", timeZone }, narrowing === null);
  const before = previousRange(range);
  const previous = useStats({ fromMs: before.fromMs, toMs: before.toMs, groupBy: "day", only: narrowing });
  useEffect(() => {
    // Their code comes while the figures do.
    NarrowingBar.preload();
    OverviewTables.preload();
  }, []);
  useLiveRefresh(queryKeys.stats, "request", 10_000);
  useLiveRefresh(queryKeys.status, "token_state", 2_000);
  const failed = [tokens, keys, stats, status].find(({ error }) => error !== null);
  // What stands above the charts comes with them: nothing moves that is being read.
  const forecast = useQuotaForecast();
  const isWaiting = [status, stats, forecast].some(({ isPending, failureCount }) => isPending && failureCount === 0);
  const isNew =
    tokens.data !== undefined && keys.data !== undefined && !areFirstStepsDone(tokens.data.tokens, keys.data);
  return (
    <>
      <PageHeader title={t("title")} isLive>
        {isWide && <Filter range={range} narrowing={narrowing} onNarrow={narrow} />}
        <RangePicker range={range} />
      </PageHeader>
      <PageBody>
        {failed?.error != null && <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} />}
        {tokens.data === undefined || keys.data === undefined || isWaiting ? (
          failed === undefined && <OverviewSkeleton />
        ) : (
          <>
            <StateLine tokens={tokens.data.tokens} status={status.data} />
            {isNew && (
              <Suspense>
                <FirstSteps tokens={tokens.data.tokens} keys={keys.data} />
              </Suspense>
            )}
            {status.data != null && <Attention alerts={status.data.alerts} />}
            <WasteFigure tokens={tokens.data.tokens} />
            {!isWide && <Filter range={range} narrowing={narrowing} onNarrow={narrow} />}
            {stats.data !== undefined && (
              <>
                <OverviewTiles
                  stats={stats.data}
                  previous={previous.data}
                  nowMs={range.nowMs}
                  metric={view.metric}
                  onMetric={(metric) => void setView({ metric })}
                />
                <OverviewCharts
                  stats={stats.data}
                  splitStats={splitStats}
                  errorStats={errorStats}
                  narrowing={narrowing}
                  range={range}
                  metric={view.metric}
                  split={view.split}
                  onMetric={(metric) => void setView({ metric })}
                  onSplit={(split) => void setView({ split })}
                  latency={view.latency}
                  onLatency={(latency) => void setView({ latency })}
                />
              </>
            )}
            <Suspense fallback={<TablesSkeleton />}>
              <OverviewTables range={range} narrowing={narrowing} />
            </Suspense>
          </>
        )}
      </PageBody>
    </>
  );
}

function Filter(props: NarrowingBarProps) {
  return (
    <Suspense fallback={<Skeleton className="h-8 w-20" />}>
      <NarrowingBar {...props} />
    </Suspense>
  );
}

/** As high as what takes its place while its rows are on their way. */
function TablesSkeleton() {
  return (
    <>
      <div className="grid gap-6 xl:grid-cols-3">
        <Skeleton className="h-64 rounded-lg" />
        <Skeleton className="h-64 rounded-lg" />
        <Skeleton className="h-64 rounded-lg" />
      </div>
      <Skeleton className="h-96 rounded-lg" />
    </>
  );
}

function OverviewSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" className="flex flex-col gap-6">
      <span className="sr-only">{t("loading")}</span>
      <Skeleton className="h-5 w-96 max-w-full" />
      <Skeleton className="h-36 rounded-lg" />
      <div className="grid grid-cols-2 gap-3 lg:gap-4 xl:grid-cols-5">
        <Skeleton className="h-24 rounded-lg" />
        <Skeleton className="h-24 rounded-lg" />
        <Skeleton className="h-24 rounded-lg" />
        <Skeleton className="h-24 rounded-lg" />
        <Skeleton className="h-24 rounded-lg" />
      </div>
      <Skeleton className="h-80 rounded-lg" />
    </div>
  );
}
