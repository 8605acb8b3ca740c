"use client";

import { ListTree } from "lucide-react";
import { type ReactNode, useEffect, useMemo } from "react";
import { useTranslations } from "use-intl";
import { useHiddenColumns } from "#components/data-table/column-menu";
import { DataTable } from "#components/data-table/data-table";
import { EmptyState } from "#components/empty-state";
import { ErrorNotice } from "#components/error-notice";
import { ListSkeleton } from "#components/list-skeleton";
import { NewRowsButton } from "#components/new-rows-button";
import { NoMatch } from "#components/no-match";
import { Card } from "#components/ui/card";
import { useRequestList } from "#lib/api/use-requests";
import { isNarrowed, type SessionFilter } from "#lib/api/use-sessions";
import { SearchFooter } from "./search-footer";
import { useLiveRequests } from "./use-live-requests";
import { useRequestColumns } from "./use-request-columns";

interface RequestListProps {
  filter: SessionFilter;
  openId: string | null;
  onOpen: (id: string) => void;
  /** The rows as they stand, for whoever walks through them. */
  onRows: (ids: readonly string[]) => void;
  onClear: () => void;
  /** The conversations whose requests are not shown any more. */
  hiddenIds: ReadonlySet<string>;
}

/** Requests one by one, the one that ended last first, and new ones as they end. */
export function RequestList({ filter, openId, onOpen, onRows, onClear, hiddenIds }: RequestListProps) {
  const { data, error, refetch, isPending, isPlaceholderData, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useRequestList(filter);
  const { shown, waiting, showWaiting, onScrolled } = useLiveRequests(filter);
  const requests = useMemo(() => {
    const recorded = (data?.pages ?? []).flatMap((page) => page.requests);
    const known = new Set(recorded.map(({ id }) => id));
    const all = [...shown.filter(({ id }) => !known.has(id)), ...recorded];
    return all.filter(({ session_id: session }) => !hiddenIds.has(session));
  }, [shown, data, hiddenIds]);
  useEffect(() => onRows(requests.map(({ id }) => id)), [requests, onRows]);
  const columns = useRequestColumns();
  const [hidden] = useHiddenColumns("requests", columns);
  const t = useTranslations("sessions");
  if (isPending) return <ListSkeleton />;
  const notice = error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return notice;
  const footer = (
    <SearchFooter
      searchedTo={data.pages.at(-1)?.searched_to ?? null}
      hasMore={hasNextPage}
      isLoading={isFetchingNextPage}
      onLoad={() => void fetchNextPage()}
    />
  );
  return (
    <>
      {notice}
      <Card
        className="overflow-hidden"
        onScrollCapture={(event) => event.target instanceof Element && onScrolled(event.target.scrollTop)}
      >
        <NewRowsButton count={waiting.length} onShow={showWaiting} />
        {requests.length === 0 ? (
          <NoRequests isNarrowed={isNarrowed(filter)} onClear={onClear}>
            {footer}
          </NoRequests>
        ) : (
          <DataTable
            caption={t("tabs.requests")}
            rows={requests}
            columns={columns}
            hiddenColumns={hidden}
            rowId={({ id }) => id}
            rowLabel={({ id }) => id}
            href={({ id }) => `/sessions/?tab=requests&request=${encodeURIComponent(id)}&full=1`}
            openId={openId}
            onOpen={onOpen}
            isDimmed={isPlaceholderData || error !== null}
            maxHeightClassName="max-h-[max(24rem,calc(100dvh-17.5rem))]"
            footer={footer}
          />
        )}
      </Card>
    </>
  );
}

interface NoRequestsProps {
  isNarrowed: boolean;
  onClear: () => void;
  /** How far a search has looked: more may follow. */
  children: ReactNode;
}

function NoRequests({ isNarrowed, onClear, children }: NoRequestsProps) {
  const t = useTranslations("sessions.emptyRequests");
  if (isNarrowed) {
    return (
      <>
        <NoMatch onClear={onClear} />
        {children}
      </>
    );
  }
  return (
    <EmptyState icon={ListTree} title={t("title")}>
      {t("text")}
    </EmptyState>
  );
}
