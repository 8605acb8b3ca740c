import { useTranslations } from "use-intl";
import { LoadMore } from "#components/data-table/load-more";
import { ErrorNotice } from "#components/error-notice";
import { Outcome } from "#components/outcome";
import { ExactTime } from "#components/relative-time";
import { Skeleton } from "#components/ui/skeleton";
import { TurnList } from "#features/sessions/turn-list";
import { useOwnTurns } from "#lib/api/use-own-key";

export interface OwnConversationProps {
  secret: string;
  attempt: number;
  sessionId: string;
}

/** One conversation of the key, to be read. */
export function OwnConversation({ secret, attempt, sessionId }: OwnConversationProps) {
  const t = useTranslations("common");
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useOwnTurns(
    secret,
    attempt,
    sessionId,
  );
  if (error !== null) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) {
    return (
      <div role="status">
        <span className="sr-only">{t("loading")}</span>
        <Skeleton className="h-24 w-full" />
      </div>
    );
  }
  return (
    <>
      <TurnList
        turns={data.pages.flatMap((page) => page.turns)}
        isPlain={false}
        highlightedRequest={null}
        footer={({ request: { at, model_used: used, model_asked: asked, outcome, status, error_code: code } }) => (
          <p className="flex flex-wrap items-center gap-x-1.5 text-label text-foreground-soft">
            <ExactTime time={at} />
            <span>· {used ?? asked}</span>
            {outcome !== "completed" && <Outcome outcome={outcome} status={status} code={code} />}
          </p>
        )}
      />
      <LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
    </>
  );
}
