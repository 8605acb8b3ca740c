import Link from "next/link";
import { useNow, useTimeZone, useTranslations } from "use-intl";
import { DetailSection } from "#components/detail-sheet";
import { Outcome } from "#components/outcome";
import { RelativeTime } from "#components/relative-time";
import { UsageRuns } from "#components/usage-runs";
import type { ApiKey } from "#lib/api/use-api-keys";
import { useLatestSessions } from "#lib/api/use-sessions";
import { type StatsLine, useStats } from "#lib/api/use-stats";
import { bucketsOf } from "#lib/range";
import { createZonedCalendar } from "#lib/zoned-calendar";

const dayMs = 24 * 3_600_000;
const shownDays = 30;

/** What a key used in the last 30 days, and its latest conversations. */
export function KeyActivity({ apiKey: { id } }: { apiKey: ApiKey }) {
  const t = useTranslations("keys.detail");
  const timeZone = useTimeZone() ?? "UTC";
  const hourMs = Math.floor(useNow({ updateInterval: 600_000 }).getTime() / 3_600_000) * 3_600_000;
  const calendar = createZonedCalendar(timeZone);
  const fromMs = calendar.startOf(calendar.dateOf(hourMs) - (shownDays - 1) * dayMs);
  const span = { fromMs, toMs: hourMs + 3_600_000, key: id };
  const { data: byDay } = useStats({ ...span, groupBy: "day", timeZone });
  const { data: byModel } = useStats({ ...span, groupBy: "model" });
  const { data: sessions } = useLatestSessions(id);
  const days = new Map((byDay?.rows ?? []).map((row) => [row.group, row]));
  const ofKey = (more: string) => `/sessions/?key=${encodeURIComponent(id)}&range=30d${more}`;
  return (
    <>
      {byDay !== undefined && byDay.totals.requests > 0 && (
        <DetailSection title={t("activity", { days: shownDays })}>
          <UsageRuns
            totals={byDay.totals}
            days={bucketsOf({ ...span, bucket: "day" }, hourMs, timeZone).map(({ name }) => days.get(name) ?? noUse)}
            models={byModel?.rows ?? []}
            modelHref={(model) => ofKey(`&model=${encodeURIComponent(model)}`)}
          />
        </DetailSection>
      )}
      {sessions !== undefined && sessions.length > 0 && (
        <DetailSection
          title={t("latestSessions")}
          aside={
            <Link href={ofKey("")} prefetch={false} className="text-label text-accent hover:underline">
              {t("allSessions")}
            </Link>
          }
        >
          <ul className="divide-y text-small">
            {sessions.map((session) => (
              <li key={session.id} className="flex items-center gap-3 py-1.5">
                <Link
                  href={`/sessions/?id=${encodeURIComponent(session.id)}`}
                  prefetch={false}
                  className="min-w-0 flex-1 truncate hover:underline"
                >
                  {session.title ?? session.models.join(", ")}
                </Link>
                <Outcome outcome={session.status} code={session.error_code} />
                <span className="shrink-0 text-label text-foreground-soft">
                  <RelativeTime time={session.last_at} />
                </span>
              </li>
            ))}
          </ul>
        </DetailSection>
      )}
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
};
