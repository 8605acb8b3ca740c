import { useTranslations } from "use-intl";
import { LoadMore } from "#components/data-table/load-more";
import { ErrorNotice } from "#components/error-notice";
import { Skeleton } from "#components/ui/skeleton";
import { type StreamEvent, useStreamEvents } from "#lib/api/use-requests";
import { useFigures } from "#lib/use-figures";

const mostCharacters = 600;
/** A wait that is told in a colour of its own. */
const longWaitMs = 1_000;

/** The events of a recorded stream, each with when it went out and how long it was waited for. */
export function StreamEventList({ requestId }: { requestId: string }) {
  const t = useTranslations("sessions.raw");
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useStreamEvents(requestId);
  if (error !== null) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton className="h-40" />;
  const [first] = data.pages;
  if (first == null) return <p className="py-6 text-center text-small text-foreground-soft">{t("noEvents")}</p>;
  const events = data.pages.flatMap((page) => page?.events ?? []);
  const hasTimes = events.some(({ at_ms: atMs }) => atMs !== null);
  return (
    <div className="flex flex-col gap-3">
      <p className="text-label text-foreground-soft">
        {t("events", { count: first.total })}
        {!hasTimes && ` · ${t("noTimes")}`}
      </p>
      <div className="max-h-[60vh] overflow-auto rounded-lg border bg-code">
        <ol className="font-mono text-label">
          {events.map((event, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a recorded stream does not change
            <li key={index} className="flex gap-3 border-b px-3 py-1 last:border-b-0">
              <span className="w-8 shrink-0 text-right text-foreground-soft tabular-nums">{index + 1}</span>
              {hasTimes && <EventTime event={event} before={events[index - 1]} />}
              {event.event !== null && <span className="shrink-0 text-code-name">{event.event}</span>}
              <span className="min-w-0 break-all">
                {event.data.length > mostCharacters ? `${event.data.slice(0, mostCharacters)}…` : event.data}
              </span>
            </li>
          ))}
        </ol>
        <LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
      </div>
    </div>
  );
}

function EventTime({ event, before }: { event: StreamEvent; before: StreamEvent | undefined }) {
  const t = useTranslations("sessions.raw");
  const figures = useFigures();
  const { at_ms: atMs } = event;
  if (atMs === null) return <span className="w-16 shrink-0 text-right">–</span>;
  const waitMs = atMs - (before?.at_ms ?? 0);
  return (
    <span
      title={t("waited", { wait: figures.duration(waitMs) })}
      className={`w-16 shrink-0 text-right tabular-nums ${waitMs >= longWaitMs ? "text-warn" : "text-foreground-soft"}`}
    >
      {figures.duration(atMs)}
    </span>
  );
}
