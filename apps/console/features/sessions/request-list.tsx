"use client";

import { ListTree } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import { useHiddenColumns } from "#components/data-table/column-menu";
import { DataTable } from "#components/data-table/data-table";
import { EmptyState } from "#components/empty-state";
import { ErrorNotice } from "#components/error-notice";
import { ListSkeleton } from "#components/list-skeleton";
import { NoMatch } from "#components/no-match";
import { Card } from "#components/ui/card";
import { factsOfEvent, type RequestFacts, useLatestRequests } from "#lib/api/use-requests";
import type { SessionFilter } from "#lib/api/use-sessions";
import { useLiveEvents } from "#lib/live/live-context";
import { useRequestColumns } from "./use-request-columns";

interface RequestListProps {
  filter: SessionFilter;
  openId: string | null;
  onOpen: (id: string) => void;
  onClear: () => void;
}

/** As many as the gateway gives at once. */
const shownRequests = 100;

/** The latest requests one by one, as they end. */
export function RequestList({ filter, openId, onOpen, onClear }: RequestListProps) {
  const t = useTranslations("sessions");
  const { data, error, refetch, isPending } = useLatestRequests(shownRequests);
  const [live, setLive] = useState<readonly RequestFacts[]>([]);
  useLiveEvents((name, event) => {
    if (name === "request" && "started_at" in event) {
      setLive((known) => [factsOfEvent(event), ...known].slice(0, shownRequests));
    }
  });
  const requests = useMemo(() => {
    const liveIds = new Set(live.map(({ id }) => id));
    return [...live, ...(data ?? []).filter(({ id }) => !liveIds.has(id))]
      .filter((request) => fits(filter, request))
      .sort((a, b) => (a.at < b.at ? 1 : -1));
  }, [live, data, filter]);
  const columns = useRequestColumns();
  const [hidden] = useHiddenColumns("requests", columns);
  const isFiltered = Object.values({ ...filter, fromMs: null, toMs: null }).some(
    (value) => value !== null && value !== "",
  );
  if (isPending) return <ListSkeleton />;
  return (
    <>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {data !== undefined && (
        <Card className="overflow-hidden">
          {requests.length === 0 ? (
            isFiltered ? (
              <NoMatch onClear={onClear} />
            ) : (
              <EmptyState icon={ListTree} title={t("emptyRequests.title")}>
                {t("emptyRequests.text")}
              </EmptyState>
            )
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
              isDimmed={error !== null}
              maxHeightClassName="max-h-[max(24rem,calc(100dvh-17.5rem))]"
            />
          )}
        </Card>
      )}
    </>
  );
}

function fits(filter: SessionFilter, request: RequestFacts): boolean {
  const atMs = Date.parse(request.at);
  const text = filter.text.toLowerCase();
  return (
    atMs >= filter.fromMs &&
    (filter.toMs === null || atMs < filter.toMs) &&
    (filter.model === null || filter.model === request.model_used) &&
    (filter.key === null || filter.key === request.key_id) &&
    (filter.token === null || filter.token === request.token_id) &&
    (filter.protocol === null || filter.protocol === request.protocol) &&
    (filter.status === null || filter.status === request.outcome) &&
    (filter.code === null || filter.code === request.error_code) &&
    (filter.client === null || request.user_agent?.toLowerCase().includes(filter.client) === true) &&
    (text === "" ||
      `${request.id} ${request.key_alias} ${request.model_asked} ${request.error_code ?? ""}`
        .toLowerCase()
        .includes(text))
  );
}
