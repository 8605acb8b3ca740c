"use client";

import { useQueryClient } from "@tanstack/react-query";
import { MessagesSquare } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useHiddenColumns } from "#components/data-table/column-menu";
import { DataTable } from "#components/data-table/data-table";
import { LoadMore } from "#components/data-table/load-more";
import { EmptyState } from "#components/empty-state";
import { ErrorNotice } from "#components/error-notice";
import { ListSkeleton } from "#components/list-skeleton";
import { NewRowsButton } from "#components/new-rows-button";
import { NoMatch } from "#components/no-match";
import { ExactTime } from "#components/relative-time";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { queryKeys } from "#lib/api/query-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { type SessionFilter, useSessions } from "#lib/api/use-sessions";
import type { LiveEvents } from "#lib/live/live-connection";
import { useLiveEvents } from "#lib/live/live-context";
import { useDeferredDelete } from "./use-deferred-delete";
import { useSessionColumns } from "./use-session-columns";

interface SessionListProps {
  filter: SessionFilter;
  openId: string | null;
  onOpen: (id: string) => void;
  onClear: () => void;
}

/** The conversations, the latest first. New ones wait behind a button, so that nothing moves while it is read. */
export function SessionList({ filter, openId, onOpen, onClear }: SessionListProps) {
  const t = useTranslations("sessions");
  const isAdmin = useIsAdmin();
  const queryClient = useQueryClient();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = useSessions(
    filter,
    true,
  );
  const { hiddenIds, remove } = useDeferredDelete();
  const [newCount, setNewCount] = useState(0);
  useLiveEvents((name, event) => {
    if (name === "request" && "started_at" in event && fits(filter, event)) setNewCount((count) => count + 1);
  });
  const showNew = useCallback(() => {
    setNewCount(0);
    void queryClient.resetQueries({ queryKey: [...queryKeys.sessions, "list"] });
  }, [queryClient]);
  const sessions = useMemo(
    () => (data?.pages ?? []).flatMap((page) => page.sessions).filter(({ id }) => !hiddenIds.has(id)),
    [data, hiddenIds],
  );
  const columns = useSessionColumns();
  const [hidden] = useHiddenColumns("sessions", columns);
  const searchedTo = data?.pages.at(-1)?.searched_to ?? null;
  const isFiltered = Object.values({ ...filter, fromMs: null, toMs: null }).some(
    (value) => value !== null && value !== "",
  );
  if (data === undefined && error === null) return <ListSkeleton rowHeight="double" />;
  return (
    <>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <Card className="overflow-hidden">
          <NewRowsButton count={newCount} onShow={showNew} />
          {sessions.length === 0 ? (
            isFiltered ? (
              <NoMatch onClear={onClear} />
            ) : (
              <EmptyState icon={MessagesSquare} title={t("empty.title")}>
                {t("empty.text")}
              </EmptyState>
            )
          ) : (
            <DataTable
              caption={t("tabs.conversations")}
              rows={sessions}
              columns={columns}
              hiddenColumns={hidden}
              rowId={({ id }) => id}
              rowLabel={({ title, id }) => title ?? id}
              rowHeight="double"
              href={({ id }) => `/sessions/?id=${encodeURIComponent(id)}&full=1`}
              openId={openId}
              onOpen={onOpen}
              isDimmed={isPlaceholderData || error !== null}
              maxHeightClassName="max-h-[max(24rem,calc(100dvh-17.5rem))]"
              footer={
                <>
                  {filter.text !== "" && searchedTo !== null && hasNextPage && (
                    <p className="px-4 pt-3 text-center text-label text-foreground-soft">
                      {t.rich("searchedTo", { time: () => <ExactTime time={searchedTo} /> })}
                    </p>
                  )}
                  <LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
                </>
              }
              {...(isAdmin
                ? {
                    renderSelectionActions: (ids: readonly string[], clear: () => void) => (
                      <Button
                        variant="dangerGhost"
                        size="small"
                        onClick={() => {
                          remove(ids);
                          clear();
                        }}
                      >
                        {t("delete")}
                      </Button>
                    ),
                  }
                : {})}
            />
          )}
        </Card>
      )}
    </>
  );
}

/** Whether a request that just ended may belong to what the filter shows. */
function fits(filter: SessionFilter, event: LiveEvents["request"]): boolean {
  return (
    filter.toMs === null &&
    (filter.model === null || filter.model === event.model) &&
    (filter.key === null || filter.key === event.key_id) &&
    (filter.token === null || filter.token === event.token_id) &&
    (filter.protocol === null || filter.protocol === event.protocol) &&
    (filter.status === null || filter.status === event.outcome) &&
    (filter.code === null || filter.code === event.error_code) &&
    (filter.client === null || event.user_agent?.toLowerCase().includes(filter.client) === true)
  );
}
