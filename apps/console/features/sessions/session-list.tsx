"use client";

import { useQueryClient } from "@tanstack/react-query";
import { MessagesSquare } from "lucide-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useHiddenColumns } from "#components/data-table/column-menu";
import { DataTable } from "#components/data-table/data-table";
import { EmptyState } from "#components/empty-state";
import { ErrorNotice } from "#components/error-notice";
import { ListSkeleton } from "#components/list-skeleton";
import { NewRowsButton } from "#components/new-rows-button";
import { NoMatch } from "#components/no-match";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { queryKeys } from "#lib/api/query-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { isNarrowed, type SessionFilter, useSessions } from "#lib/api/use-sessions";
import { useLiveEvents } from "#lib/live/live-context";
import { fitsFilter } from "./fits-filter";
import { SearchFooter } from "./search-footer";
import type { DeferredDelete } from "./use-deferred-delete";
import { exportFormats, useSelectionExport } from "./use-selection-export";
import { useSessionColumns } from "./use-session-columns";

interface SessionListProps {
  filter: SessionFilter;
  openId: string | null;
  onOpen: (id: string) => void;
  /** The rows as they stand, for whoever walks through them. */
  onRows: (ids: readonly string[]) => void;
  onClear: () => void;
  deletion: DeferredDelete;
}

/** The conversations, the latest first. New ones wait behind a button, so that nothing moves while it is read. */
export function SessionList({ filter, openId, onOpen, onRows, onClear, deletion }: SessionListProps) {
  const { hiddenIds, remove } = deletion;
  const t = useTranslations("sessions");
  const isAdmin = useIsAdmin();
  const queryClient = useQueryClient();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } = useSessions(
    filter,
    true,
  );
  const exportThese = useSelectionExport();
  const [newCount, setNewCount] = useState(0);
  useLiveEvents((name, event) => {
    if (name === "request" && "started_at" in event && fitsFilter(filter, event)) setNewCount((count) => count + 1);
  });
  const showNew = useCallback(() => {
    setNewCount(0);
    void queryClient.resetQueries({ queryKey: [...queryKeys.sessions, "list"] });
  }, [queryClient]);
  const sessions = useMemo(
    () => (data?.pages ?? []).flatMap((page) => page.sessions).filter(({ id }) => !hiddenIds.has(id)),
    [data, hiddenIds],
  );
  useEffect(() => onRows(sessions.map(({ id }) => id)), [sessions, onRows]);
  const columns = useSessionColumns();
  const [hidden] = useHiddenColumns("sessions", columns);
  const footer = (
    <SearchFooter
      searchedTo={data?.pages.at(-1)?.searched_to ?? null}
      hasMore={hasNextPage}
      isLoading={isFetchingNextPage}
      onLoad={() => void fetchNextPage()}
    />
  );
  if (data === undefined && error === null) return <ListSkeleton rowHeight="double" />;
  return (
    <>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <Card className="overflow-hidden">
          <NewRowsButton count={newCount} onShow={showNew} />
          {sessions.length === 0 ? (
            isNarrowed(filter) ? (
              <>
                <NoMatch onClear={onClear} />
                {footer}
              </>
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
              footer={footer}
              renderSelectionActions={(ids, clear) => (
                <>
                  {exportFormats.map((format) => (
                    <Button key={format} variant="ghost" size="small" onClick={() => void exportThese(ids, format)}>
                      {t(`export.these.${format}`)}
                    </Button>
                  ))}
                  {isAdmin && (
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
                  )}
                </>
              )}
            />
          )}
        </Card>
      )}
    </>
  );
}
