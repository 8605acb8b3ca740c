"use client";

import { LetterText } from "lucide-react";
import { useCallback, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { ErrorNotice } from "#components/error-notice";
import { FindBox } from "#components/find-box";
import { Button } from "#components/ui/button";
import { Skeleton } from "#components/ui/skeleton";
import { useIsAdmin } from "#lib/api/use-auth";
import { type SessionDetail, useSessionTurns } from "#lib/api/use-sessions";
import { classNames } from "#lib/class-names";
import type { ShowRow } from "#lib/long-list";
import { ContinueBox } from "./continue-box";
import { JumpBox } from "./jump-box";
import { TurnList, type TurnListHandle } from "./turn-list";
import { TurnMeta } from "./turn-meta";
import type { DetailView } from "./use-session-view";
import { useSoughtTurns } from "./use-sought-turns";

interface ConversationViewProps {
  session: SessionDetail;
  highlightedRequest: string | null;
  onRequest: (id: string, view: DetailView) => void;
}

/** The conversation as it went: each thing once, calls with their results, failures as steps in between. */
export function ConversationView({ session, highlightedRequest, onRequest }: ConversationViewProps) {
  const t = useTranslations("sessions.chat");
  const isAdmin = useIsAdmin();
  const [isPlain, setIsPlain] = useState(false);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useSessionTurns(session.id);
  const turns = useMemo(() => (data?.pages ?? []).flatMap((page) => page.turns), [data]);
  const list = useRef<TurnListHandle>(null);
  const listElement = useCallback(() => list.current?.element() ?? null, []);
  const showTurn = useCallback<ShowRow>((index, then) => list.current?.showTurn(index, then), []);
  const loadMore = useCallback(() => {
    if (!isFetchingNextPage) void fetchNextPage();
  }, [isFetchingNextPage, fetchNextPage]);
  const version = useMemo(() => ({ turns, isPlain }), [turns, isPlain]);
  const sought = useSoughtTurns(turns, isPlain, list);
  if (error !== null) return <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4" />;
  if (data === undefined) return <ConversationSkeleton />;
  return (
    <div className="flex flex-col">
      <div
        className={classNames(
          "@container flex items-center justify-between gap-2 px-4 pt-2",
          // Beside nothing but the search there is room for the button on a phone too.
          session.records.length > 1 && "flex-wrap",
        )}
      >
        <FindBox element={listElement} version={version} sought={sought} hasMore={hasNextPage} onLoadMore={loadMore} />
        <JumpBox
          records={session.records}
          turns={turns}
          openedRequest={highlightedRequest}
          onShow={showTurn}
          hasMore={hasNextPage}
          onLoadMore={loadMore}
        />
        <Button
          variant="ghost"
          size="small"
          title={t("plain")}
          aria-pressed={isPlain}
          onClick={() => setIsPlain(!isPlain)}
        >
          <LetterText aria-hidden />
          <span className="@max-2xl:sr-only">{t("plain")}</span>
        </Button>
      </div>
      <TurnList
        ref={list}
        turns={turns}
        hasMore={hasNextPage}
        isPlain={isPlain}
        highlightedRequest={highlightedRequest}
        footer={({ request }) => <TurnMeta request={request} onRequest={onRequest} />}
      />
      {hasNextPage && (
        <div className="flex justify-center pb-4">
          <Button variant="outline" size="small" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      )}
      {isAdmin && !hasNextPage && <ContinueBox session={session} />}
    </div>
  );
}

function ConversationSkeleton() {
  const t = useTranslations("common");
  return (
    <div role="status" className="flex flex-col gap-4 p-4">
      <span className="sr-only">{t("loading")}</span>
      <Skeleton className="ml-auto h-10 w-1/2" />
      <Skeleton className="h-24 w-4/5" />
      <Skeleton className="ml-auto h-10 w-1/3" />
      <Skeleton className="h-16 w-3/4" />
    </div>
  );
}
