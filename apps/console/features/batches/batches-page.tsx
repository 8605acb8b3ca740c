"use client";

import { Layers } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { Suspense, useCallback, useMemo } from "react";
import { useTranslations } from "use-intl";
import { DataTable } from "#components/data-table/data-table";
import { LoadMore } from "#components/data-table/load-more";
import { EmptyState } from "#components/empty-state";
import { ErrorNotice } from "#components/error-notice";
import { ListSkeleton } from "#components/list-skeleton";
import { PageBody } from "#components/page-body";
import { PageHeader } from "#components/page-header";
import { ButtonLink } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { queryKeys } from "#lib/api/query-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { useBatches } from "#lib/api/use-batches";
import { createLazyPart } from "#lib/lazy-part";
import { useLiveRefresh } from "#lib/live/use-live-refresh";
import type { BatchDetailProps } from "./batch-detail";
import { RunnerLine } from "./runner-line";
import { useBatchColumns } from "./use-batch-columns";

const BatchDetail = createLazyPart<BatchDetailProps>(async () => (await import("./batch-detail")).BatchDetail);

/** What was handed in to be run on spare quota, and how far is it? */
export function BatchesPage() {
  const t = useTranslations("batches");
  const isAdmin = useIsAdmin();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useBatches();
  // Its requests are told like all others.
  useLiveRefresh(queryKeys.batches, "request_started", 1_500);
  useLiveRefresh(queryKeys.batches, "request", 1_500);
  const batches = useMemo(() => (data?.pages ?? []).flatMap((page) => page.batches), [data]);
  const runner = data?.pages[0]?.runner;
  const columns = useBatchColumns();
  const [openId, setOpenId] = useQueryState("id", parseAsString.withOptions({ history: "push" }));
  const open = useCallback((id: string | null) => void setOpenId(id), [setOpenId]);
  const openBatch = batches.find(({ id }) => id === openId);
  return (
    <>
      <PageHeader title={t("title")} />
      <PageBody>
        {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <ListSkeleton rowHeight="double" />}
        {runner !== undefined && <RunnerLine runner={runner} />}
        {data !== undefined && (
          <Card className="overflow-hidden">
            {batches.length === 0 ? (
              <EmptyState
                icon={Layers}
                title={t("empty.title")}
                action={
                  isAdmin &&
                  runner?.state === "off" && <ButtonLink href="/settings/#batches">{t("empty.action")}</ButtonLink>
                }
              >
                {t("empty.text")}
              </EmptyState>
            ) : (
              <DataTable
                caption={t("title")}
                rows={batches}
                columns={columns}
                rowId={({ id }) => id}
                rowLabel={({ id }) => id}
                href={({ id }) => `/batches/?id=${encodeURIComponent(id)}`}
                openId={openId}
                onOpen={open}
                rowHeight="double"
                isDimmed={error !== null}
                footer={
                  <LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />
                }
              />
            )}
          </Card>
        )}
      </PageBody>
      <Suspense>
        {openBatch !== undefined && (
          <BatchDetail key={openBatch.id} batch={openBatch} neighbours={batches.map(({ id }) => id)} onOpen={open} />
        )}
      </Suspense>
    </>
  );
}
