import Link from "next/link";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { DetailSection } from "#components/detail-sheet";
import { Outcome } from "#components/outcome";
import { RelativeTime } from "#components/relative-time";
import { Skeleton } from "#components/ui/skeleton";
import { UsageMonth } from "#components/usage-month";
import type { ApiKey } from "#lib/api/use-api-keys";
import { useLatestSessions } from "#lib/api/use-sessions";

interface KeyActivityProps {
  apiKey: ApiKey;
  /** What stands below, shown with it. */
  children: ReactNode;
}

/** What a key used in the last 30 days, and its latest conversations. */
export function KeyActivity({ apiKey: { id }, children }: KeyActivityProps) {
  const t = useTranslations("keys.detail");
  const { data: sessions, isPending } = useLatestSessions(id);
  if (isPending) return <Skeleton className="m-4 h-40" />;
  return (
    <UsageMonth of={{ dimension: "key", id }}>
      {sessions !== undefined && sessions.length > 0 && (
        <DetailSection
          title={t("latestSessions")}
          aside={
            <Link
              href={`/sessions/?key=${encodeURIComponent(id)}&range=30d`}
              prefetch={false}
              className="text-label text-accent hover:underline"
            >
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
                <span className="w-24 shrink-0 text-right text-label text-foreground-soft">
                  <RelativeTime time={session.last_at} />
                </span>
              </li>
            ))}
          </ul>
        </DetailSection>
      )}
      {children}
    </UsageMonth>
  );
}
