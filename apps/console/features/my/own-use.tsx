import { Suspense, useState } from "react";
import { useTimeZone, useTranslations } from "use-intl";
import { LoadMore } from "#components/data-table/load-more";
import { Count } from "#components/figure";
import { Outcome } from "#components/outcome";
import { RelativeTime } from "#components/relative-time";
import { Card, CardHeader } from "#components/ui/card";
import { Dialog, DialogBody } from "#components/ui/dialog";
import { UsageRuns } from "#components/usage-runs";
import { useOwnSessions, useOwnUsage } from "#lib/api/use-own-key";
import { createLazyPart } from "#lib/lazy-part";
import type { OwnConversationProps } from "./own-conversation";

const OwnConversation = createLazyPart<OwnConversationProps>(
  async () => (await import("./own-conversation")).OwnConversation,
);

interface OwnUseProps {
  secret: string;
  attempt: number;
}

/** What the key used in the last 30 days; nothing before its first request. */
export function OwnUsageCard({ secret, attempt }: OwnUseProps) {
  const t = useTranslations("my");
  const { data } = useOwnUsage(secret, attempt, useTimeZone() ?? "UTC");
  if (data === undefined || data.totals.requests === 0) return null;
  return (
    <Card aria-labelledby="usage">
      <CardHeader id="usage" title={t("usage", { days: data.days.length })} />
      <div className="p-4">
        <UsageRuns totals={data.totals} days={data.days} models={data.models} />
      </div>
    </Card>
  );
}

/** The conversations recorded of the key, where an admin lets its holder see them. */
export function OwnSessionsCard({ secret, attempt }: OwnUseProps) {
  const t = useTranslations("my");
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useOwnSessions(secret, attempt);
  const [opened, setOpened] = useState<{ id: string; title: string | null } | null>(null);
  const sessions = (data?.pages ?? []).flatMap((page) => page.sessions);
  if (sessions.length === 0) return null;
  return (
    <Card aria-labelledby="sessions">
      <CardHeader id="sessions" title={t("sessions")} />
      <ul className="divide-y text-small">
        {sessions.map((session) => (
          <li key={session.id} className="px-4 py-2.5">
            <div className="flex items-center gap-3">
              <button
                type="button"
                className="min-w-0 flex-1 truncate text-left font-medium hover:underline"
                onClick={() => setOpened(session)}
              >
                {session.title === null ? t("untitled") : <span>{session.title}</span>}
              </button>
              <Outcome outcome={session.status} code={session.error_code} />
            </div>
            <p className="mt-0.5 flex flex-wrap gap-x-3 text-label text-foreground-soft">
              <RelativeTime time={session.last_at} />
              <span>{session.models.join(", ")}</span>
              <span>
                {t.rich("sessionFigures", {
                  requests: session.requests,
                  input: () => <Count value={session.input_tokens} />,
                  output: () => <Count value={session.output_tokens} />,
                })}
              </span>
            </p>
          </li>
        ))}
      </ul>
      <LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
      <Dialog
        isOpen={opened !== null}
        onClose={() => setOpened(null)}
        title={opened?.title ?? t("untitled")}
        size="wide"
      >
        <DialogBody>
          <Suspense>
            {opened !== null && <OwnConversation secret={secret} attempt={attempt} sessionId={opened.id} />}
          </Suspense>
        </DialogBody>
      </Dialog>
    </Card>
  );
}
