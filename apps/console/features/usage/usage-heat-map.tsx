import { useMemo } from "react";
import { useFormatter, useLocale, useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { zoneLabel } from "#components/range/range-picker";
import { Card, CardHeader } from "#components/ui/card";
import { Skeleton } from "#components/ui/skeleton";
import { useStats } from "#lib/api/use-stats";
import type { Narrowing } from "#lib/narrowing";
import type { Metric } from "#lib/stats/metrics";
import { isSum } from "#lib/stats/metrics";
import { useMetricFormat } from "#lib/stats/use-metric-format";
import type { RangeState } from "#lib/use-range";
import { createHeatMap } from "./create-heat-map";

interface UsageHeatMapProps {
  range: RangeState;
  metric: Metric;
  narrowing: Narrowing | null;
}

const levels = ["bg-muted", "bg-bar/20", "bg-bar/40", "bg-bar/60", "bg-bar/80", "bg-bar"] as const;
const hours = Array.from({ length: 24 }, (_value, hour) => hour);

/** When in the week it is asked: sums by weekday and hour. */
export function UsageHeatMap({ range, metric, narrowing }: UsageHeatMapProps) {
  const t = useTranslations("usage");
  const format = useFormatter();
  const locale = useLocale();
  const formatMetric = useMetricFormat();
  // A rate of an hour cannot be added to another's.
  const shown = isSum(metric) ? metric : "requests";
  const { data, error, refetch } = useStats({
    fromMs: range.fromMs,
    toMs: range.toMs,
    groupBy: "hour",
    only: narrowing,
  });
  const map = useMemo(() => createHeatMap(data?.rows ?? [], shown, range.isUtc), [data, shown, range.isUtc]);
  const most = Math.max(0, ...map.flat());
  const levelOf = (value: number) => (value <= 0 || most === 0 ? 0 : Math.max(1, Math.ceil((value / most) * 5)));
  const dayName = (day: number, width: "short" | "long") =>
    // The 5th of January 1970 was a Monday.
    format.dateTime(new Date(Date.UTC(1970, 0, 5 + day)), { weekday: width, timeZone: "UTC" });
  const hourName = (hour: number) =>
    new Intl.DateTimeFormat(locale, { hour: "numeric", timeZone: "UTC" }).format(new Date(Date.UTC(1970, 0, 5, hour)));
  const title = t("heatMap", { metric: t(`metrics.${shown}`) });
  return (
    <Card aria-label={title}>
      <CardHeader title={title}>
        <span className="text-label text-foreground-soft">{zoneLabel(range.isUtc)}</span>
      </CardHeader>
      <div className="p-4">
        {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <Skeleton className="h-64" />}
        {data !== undefined && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          <section tabIndex={0} aria-label={title} className="relative overflow-x-auto">
            <table className="w-full table-fixed sm:min-w-160 border-separate border-spacing-0.5 text-tick text-foreground-soft">
              <caption className="sr-only">{title}</caption>
              <thead>
                <tr>
                  <th scope="col" className="w-8 sm:w-12">
                    <span className="sr-only">{t("weekday")}</span>
                  </th>
                  {hours.map((hour) => (
                    <th key={hour} scope="col" className="pb-1 text-left font-normal whitespace-nowrap">
                      <span className={hour % 6 === 0 ? "" : hour % 3 === 0 ? "max-sm:sr-only" : "sr-only"}>
                        {hourName(hour)}
                      </span>
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {map.map((values, day) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a week has seven days in one order
                  <tr key={day}>
                    <th scope="row" className="pr-1 text-right font-normal whitespace-nowrap sm:pr-2">
                      {dayName(day, "short")}
                    </th>
                    {values.map((value, hour) => (
                      <td
                        // biome-ignore lint/suspicious/noArrayIndexKey: a day has 24 hours in one order
                        key={hour}
                        title={`${dayName(day, "long")} ${hourName(hour)}: ${formatMetric(shown, value)}`}
                        className={`h-7 rounded ${levels[levelOf(value)]}`}
                      >
                        <span className="sr-only">{formatMetric(shown, value)}</span>
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        )}
        <p className="mt-3 flex items-center justify-end gap-1 text-label text-foreground-soft">
          {t("less")}
          {levels.map((level) => (
            <span key={level} aria-hidden className={`size-3 rounded-sm ${level}`} />
          ))}
          {t("more", { most: formatMetric(shown, most) })}
        </p>
      </div>
    </Card>
  );
}
