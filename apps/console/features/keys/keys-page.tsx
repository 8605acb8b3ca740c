"use client";

import { KeyRound, Plus } from "lucide-react";
import { Suspense, useCallback, useMemo } from "react";
import { useTranslations } from "use-intl";
import { DataList } from "#components/data-table/data-list";
import { LoadMore } from "#components/data-table/load-more";
import { EmptyState } from "#components/empty-state";
import type { FilterField } from "#components/filters/filter-bar";
import { PageBody } from "#components/page-body";
import { PageHeader } from "#components/page-header";
import { Button } from "#components/ui/button";
import { preloadDialog } from "#components/ui/dialog";
import { queryKeys } from "#lib/api/query-keys";
import { type ApiKey, useApiKey, useKeyPages } from "#lib/api/use-api-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import { useModels } from "#lib/api/use-models";
import { useTeams } from "#lib/api/use-teams";
import { createLazyPart } from "#lib/lazy-part";
import { useLiveRefresh } from "#lib/live/use-live-refresh";
import { KeyBulkActions } from "./key-bulk-actions";
import { keyStates } from "./map-key-state";
import { useKeyColumns } from "./use-key-columns";
import { useKeyFilters, useKeyQuery } from "./use-key-filters";

const CreateKeyDialog = createLazyPart<{ onClose: () => void }>(
  async () => (await import("./key-dialog")).CreateKeyDialog,
);
const KeyDetail = createLazyPart<{
  apiKey: ApiKey;
  neighbours: readonly string[];
  onOpen: (id: string | null) => void;
}>(async () => (await import("./key-detail")).KeyDetail);

/** The managed keys. */
export function KeysPage() {
  const t = useTranslations("keys");
  const isAdmin = useIsAdmin();
  const [filters, setFilters] = useKeyFilters();
  const query = useKeyQuery(filters);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage, isPlaceholderData } =
    useKeyPages(query);
  const fields = useFilterFields();
  useLiveRefresh(queryKeys.apiKeys, "request", 10_000);
  const keys = useMemo(() => (data?.pages ?? []).flatMap((page) => page.keys), [data]);
  const total = data?.pages[0]?.total;
  const columns = useKeyColumns();
  const open = useCallback((id: string | null) => void setFilters({ id }), [setFilters]);
  const listed = keys.find(({ id }) => id === filters.id);
  const { data: found } = useApiKey(listed === undefined ? filters.id : null);
  const openKey = listed ?? found ?? undefined;
  const isFiltered = query.q !== null || fields.some(({ id }) => filters[id] !== null);
  const isEmpty = total === undefined ? undefined : total === 0 && !isFiltered;
  const createButton = isAdmin && (
    <Button
      size="small"
      onPointerEnter={() => {
        preloadDialog();
        CreateKeyDialog.preload();
      }}
      onClick={() => void setFilters({ new: "1" })}
    >
      <Plus aria-hidden />
      {t("create.open")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} isLive action={isEmpty !== true && createButton} />
      <PageBody>
        <DataList
          name="keys"
          caption={t("title")}
          isEmpty={isEmpty}
          empty={
            <EmptyState icon={KeyRound} title={t("empty.title")} action={createButton}>
              {t("empty.text")}
            </EmptyState>
          }
          error={error}
          onRetry={() => void refetch()}
          view={filters}
          onView={(changed) => void setFilters(changed)}
          searchPlaceholder={t("search")}
          fields={fields}
          shown={t("shown", { count: total ?? 0 })}
          rows={keys}
          columns={columns}
          rowId={({ id }) => id}
          rowLabel={({ alias }) => alias}
          isDimmed={isPlaceholderData}
          footer={<LoadMore hasMore={hasNextPage} isLoading={isFetchingNextPage} onLoad={() => void fetchNextPage()} />}
          {...(isAdmin
            ? {
                renderSelectionActions: (ids: readonly string[], clearSelection: () => void) => (
                  <KeyBulkActions keys={keys.filter(({ id }) => ids.includes(id))} onDone={clearSelection} />
                ),
              }
            : {})}
        />
      </PageBody>
      <Suspense>
        {filters.new !== null && isAdmin && <CreateKeyDialog onClose={() => void setFilters({ new: null })} />}
        {openKey !== undefined && (
          <KeyDetail key={openKey.id} apiKey={openKey} neighbours={keys.map(({ id }) => id)} onOpen={open} />
        )}
      </Suspense>
    </>
  );
}

function useFilterFields(): readonly (FilterField & { id: "state" | "model" | "token" | "team" })[] {
  const t = useTranslations("keys");
  const { data: tokens } = useGithubTokens();
  const { data: models } = useModels();
  const { data: teams } = useTeams();
  return [
    {
      id: "state",
      label: t("columns.state"),
      options: keyStates.map((value) => ({ value, label: t(`state.${value}`) })),
    },
    {
      id: "model",
      label: t("filters.model"),
      options: (models ?? []).map(({ id, name }) => ({ value: id, label: name, detail: id })),
    },
    {
      id: "token",
      label: t("filters.token"),
      options: (tokens?.tokens ?? []).map(({ id, alias }) => ({ value: id, label: alias })),
    },
    {
      id: "team",
      label: t("form.team"),
      options: (teams ?? []).map(({ id, name }) => ({ value: id, label: name })),
    },
  ];
}
