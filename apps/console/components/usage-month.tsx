import type { ReactNode } from "react";
import { useNow, useTimeZone, useTranslations } from "use-intl";
import { DetailSection } from "#components/detail-sheet";
import { Skeleton } from "#components/ui/skeleton";
import { UsageRuns } from "#components/usage-runs";
import { type StatsLine, useStats } from "#lib/api/use-stats";
import { bucketsOf } from "#lib/range";
import { dayMs, hourMs } from "#lib/time-units";
import { createZonedCalendar } from "#lib/zoned-calendar";

interface UsageMonthProps {
  /** Whose requests. */
  of: { dimension: "key" | "token"; id: string };
  /** What stands below it: shown with it, so that nothing that is read moves when the figures come. */
  children?: ReactNode;
}

const shownDays = 30;

/** What a key or a token used in the last 30 days; nothing where that is nothing. */
export function UsageMonth({ of, children }: UsageMonthProps) {
  const t = useTranslations("usageRuns");
  const timeZone = useTimeZone() ?? "UTC";
  const thisHourMs = Math.floor(useNow({ updateInterval: 600_000 }).getTime() / hourMs) * hourMs;
  const calendar = createZonedCalendar(timeZone);
  const fromMs = calendar.startOf(calendar.dateOf(thisHourMs) - (shownDays - 1) * dayMs);
  const span = { fromMs, toMs: thisHourMs + hourMs };
  const { data: byDay, isPending: isDayPending } = useStats({ ...span, only: of, groupBy: "day", timeZone });
  const { data: byModel, isPending: isModelPending } = useStats({ ...span, only: of, groupBy: "model" });
  if (isDayPending || isModelPending) return <Skeleton className="m-4 h-40" />;
  if (byDay === undefined || byDay.totals.requests === 0) return children;
  const days = new Map(byDay.rows.map((row) => [row.group, row]));
  const search = new URLSearchParams({ [of.dimension]: of.id, range: "30d" });
  return (
    <>
      <DetailSection title={t("month", { days: shownDays })}>
        <UsageRuns
          totals={byDay.totals}
          days={bucketsOf({ ...span, bucket: "day" }, thisHourMs, timeZone).map(({ name }) => days.get(name) ?? noUse)}
          models={byModel?.rows ?? []}
          modelHref={(model) => `/sessions/?${search}&model=${encodeURIComponent(model)}`}
        />
      </DetailSection>
      {children}
    </>
  );
}

/** A day without requests. */
const noUse: Omit<StatsLine, "group" | "label" | "split" | "split_label" | "is_other"> = {
  requests: 0,
  errors: 0,
  aborted: 0,
  input_tokens: 0,
  output_tokens: 0,
  cache_read_tokens: 0,
  cache_write_tokens: 0,
  reasoning_tokens: 0,
  premium_units: 0,
  nano_aiu: 0,
  unknown_usage: 0,
  latency_p50_ms: null,
  latency_p95_ms: null,
  latency_p99_ms: null,
  ttft_p50_ms: null,
  ttft_p95_ms: null,
  ttft_p99_ms: null,
  output_tokens_per_second_p50: null,
};
