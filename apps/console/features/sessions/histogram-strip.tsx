"use client";

import { useTranslations } from "use-intl";
import { TimeChart } from "#components/charts/time-chart";
import { Card } from "#components/ui/card";
import { queryKeys } from "#lib/api/query-keys";
import type { SessionFilter } from "#lib/api/use-sessions";
import { type StatsRequest, useStats } from "#lib/api/use-stats";
import { useLiveRefresh } from "#lib/live/use-live-refresh";
import { createOutcomeSeries } from "#lib/stats/create-series";
import { useTimeOfAnswer } from "#lib/stats/use-time-of-answer";
import { useFigures } from "#lib/use-figures";
import type { RangeState } from "#lib/use-range";

interface HistogramStripProps {
  range: RangeState;
  filter: SessionFilter;
}

/** Sums are kept of one thing at a time: with several filters, those of the most special one. */
function narrowingOf(filter: SessionFilter): Pick<StatsRequest, "only"> {
  for (const dimension of ["key", "token", "model"] as const) {
    const id = filter[dimension];
    if (id !== null) return { only: { dimension, id } };
  }
  return {};
}

/** Requests over the span, of the chosen key, token or model; those that failed in red; a drag narrows the span. */
export function HistogramStrip({ range, filter }: HistogramStripProps) {
  const t = useTranslations("sessions.histogram");
  const figures = useFigures();
  const { fromMs, toMs, bucket, nowMs, timeZone } = range;
  const asked = { fromMs, toMs, groupBy: bucket, timeZone };
  const { data } = useStats({ ...asked, ...narrowingOf(filter) });
  useLiveRefresh(queryKeys.stats, "request", 10_000);
  const { span, buckets } = useTimeOfAnswer(data ?? { asked }, nowMs);
  const series = createOutcomeSeries(buckets, data?.rows ?? [], { completed: t("completed"), failed: t("failed") });
  return (
    <Card aria-label={t("label")}>
      <TimeChart
        label={t("label")}
        data={series}
        kind="bars"
        range={{ ...range, ...span }}
        height={92}
        isCompact
        formatValue={figures.compact}
        onOpenBucket={range.chooseSpan}
      />
    </Card>
  );
}
