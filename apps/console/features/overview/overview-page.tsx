"use client";

import { Suspense } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { NarrowingBar } from "#components/filters/narrowing-bar";
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
import { encodeNarrowing } from "#lib/narrowing";
import { previousRange } from "#lib/range";
import { useNarrowing } from "#lib/use-narrowing";
import { useRange } from "#lib/use-range";
import { areFirstStepsDone } from "./are-first-steps-done";
import { Attention } from "./attention";
import type { FirstStepsProps } from "./first-steps";
import { LatestRequests } from "./latest-requests";
import { OverviewCharts } from "./overview-charts";
import { OverviewTiles } from "./overview-tiles";
import { StateLine } from "./state-line";
import { TopTables } from "./top-tables";
import { useOverviewView } from "./use-overview-view";
import { WasteFigure } from "./waste-figure";

const FirstSteps = createLazyPart<FirstStepsProps>(async () => (await import("./first-steps")).FirstSteps);

/** Can it serve, and are we wasting what we pay for? */
export function OverviewPage() {
  const t = useTranslations("overview");
  const range = useRange("24h");
  const [view, setView] = useOverviewView();
  const [narrowing, narrow] = useNarrowing();
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
  useLiveRefresh(queryKeys.stats, "request", 10_000);
  useLiveRefresh(queryKeys.status, "token_state", 2_000);
  const failed = [tokens, keys, stats].find(({ error }) => error !== null);
  // What stands above the charts comes with them: nothing moves that is being read.
  const forecast = useQuotaForecast();
  const isWaiting = [status, stats, forecast].some(({ isPending, failureCount }) => isPending && failureCount === 0);
  const isNew =
    tokens.data !== undefined && keys.data !== undefined && !areFirstStepsDone(tokens.data.tokens, keys.data);
  return (
    <>
      <PageHeader title={t("title")} isLive>
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
            <NarrowingBar range={range} narrowing={narrowing} onNarrow={narrow} />
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
                  splitStats={isSplit ? splitStats.data : undefined}
                  errorStats={narrowing === null ? errorStats.data : undefined}
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
            <TopTables range={range} narrowing={narrowing} />
            <LatestRequests key={narrowing === null ? "" : encodeNarrowing(narrowing)} narrowing={narrowing} />
          </>
        )}
      </PageBody>
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
