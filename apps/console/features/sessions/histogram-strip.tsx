"use client";

import { useFormatter, useTranslations } from "use-intl";
import { TimeChart } from "#components/charts/time-chart";
import type { FilterField } from "#components/filters/filter-bar";
import { Card } from "#components/ui/card";
import { queryKeys } from "#lib/api/query-keys";
import type { SessionFilter } from "#lib/api/use-sessions";
import { useStats } from "#lib/api/use-stats";
import { useLiveRefresh } from "#lib/live/use-live-refresh";
import { createOutcomeSeries } from "#lib/stats/create-series";
import { useTimeOfAnswer } from "#lib/stats/use-time-of-answer";
import { useFigures } from "#lib/use-figures";
import type { RangeState } from "#lib/use-range";
import { barsOfFilter, rowsOfOutcome } from "./bars-of-filter";

interface HistogramStripProps {
  range: RangeState;
  filter: SessionFilter;
  /** What the filters are called. */
  fields: readonly FilterField[];
}

/**
 * Requests over the span, of the chosen key, token, model or protocol and with the chosen outcome; those that failed in
 * red; a drag narrows the span. What statistics cannot follow of a filter is said below.
 */
export function HistogramStrip({ range, filter, fields }: HistogramStripProps) {
  const t = useTranslations("sessions.histogram");
  const tOutcomes = useTranslations("outcomes");
  const format = useFormatter();
  const figures = useFigures();
  const { fromMs, toMs, bucket, nowMs, timeZone } = range;
  const { only, outcome, ignored } = barsOfFilter(filter);
  const asked = { fromMs, toMs, groupBy: bucket, timeZone };
  const { data } = useStats({ ...asked, only });
  useLiveRefresh(queryKeys.stats, "request", 10_000);
  const { span, buckets } = useTimeOfAnswer(data ?? { asked }, nowMs);
  const both = createOutcomeSeries(buckets, rowsOfOutcome(data?.rows ?? [], outcome), {
    completed: outcome === "aborted" ? tOutcomes("aborted") : t("completed"),
    failed: t("failed"),
  });
  const series = both.series.filter(({ id }) => outcome === null || (id === "failed") === (outcome === "failed"));
  const names = ignored.map((name) => fields.find(({ id }) => id === name)?.label ?? t("text"));
  return (
    <Card aria-label={t("label")}>
      <TimeChart
        label={t("label")}
        data={{ buckets, series }}
        kind="bars"
        range={{ ...range, ...span }}
        height={92}
        isCompact
        formatValue={figures.compact}
        onOpenBucket={range.chooseSpan}
      />
      {names.length > 0 && (
        <p className="px-4 pb-2 text-label text-foreground-soft">
          {t(only === null && outcome === null ? "showsAll" : "showsMore", { filters: format.list(names) })}
        </p>
      )}
    </Card>
  );
}
