import { Suspense } from "react";
import { useFormatter } from "use-intl";
import { LongListPart } from "#components/long-list/long-list-part";
import { Outcome } from "#components/outcome";
import { ExactTime } from "#components/relative-time";
import type { SessionDetail } from "#lib/api/use-sessions";
import { useFigures } from "#lib/use-figures";

interface SessionRequestListProps {
  session: SessionDetail;
  onRequest: (id: string) => void;
}

/** So many requests are in the page as a whole. */
const maxShort = 100;
const rowPx = 33;
const rowClass = "flex items-center gap-3 py-1.5";

/** The requests of a conversation, in the order in which they came; of very many those in sight. */
export function SessionRequestList({ session, onRequest }: SessionRequestListProps) {
  const { records } = session;
  const row = (index: number) => <RequestLine session={session} index={index} onRequest={onRequest} />;
  const short = (
    <ol className="divide-y text-small">
      {records.slice(0, maxShort).map(({ id }, index) => (
        <li key={id} className={rowClass}>
          {row(index)}
        </li>
      ))}
    </ol>
  );
  if (records.length <= maxShort) return short;
  return (
    <Suspense fallback={short}>
      <LongListPart
        keys={records.map(({ id }) => id)}
        renderRow={row}
        rowClassName={() => `${rowClass} border-b`}
        className="text-small"
        gapPx={0}
        estimatedPx={rowPx}
        setSize={records.length}
      />
    </Suspense>
  );
}

function RequestLine({ session, index, onRequest }: SessionRequestListProps & { index: number }) {
  const figures = useFigures();
  const record = session.records[index];
  if (record === undefined) return null;
  return (
    <>
      <span className="w-6 shrink-0 text-right text-label text-foreground-soft tabular-nums">{index + 1}</span>
      <button
        type="button"
        onClick={() => onRequest(record.id)}
        className="min-w-0 flex-1 truncate text-left text-accent hover:underline"
      >
        <RequestTime at={record.at} firstAt={session.first_at} /> · {record.model_asked}
      </button>
      <Outcome outcome={record.outcome} status={record.status} code={record.error_code} />
      <span className="w-16 text-right text-label text-foreground-soft tabular-nums">
        {figures.duration(record.duration_ms)}
      </span>
    </>
  );
}

/** When a request was, without its day where that is the conversation's first. */
function RequestTime({ at, firstAt }: { at: string; firstAt: string }) {
  const format = useFormatter();
  const dayOf = (time: string) => format.dateTime(new Date(time), { dateStyle: "short" });
  if (dayOf(at) !== dayOf(firstAt)) return <ExactTime time={at} />;
  return <time dateTime={at}>{format.dateTime(new Date(at), { timeStyle: "medium" })}</time>;
}
