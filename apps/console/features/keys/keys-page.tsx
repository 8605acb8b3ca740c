"use client";

import { KeyRound, Plus } from "lucide-react";
import { Suspense, useCallback } from "react";
import { useTranslations } from "use-intl";
import { ColumnMenu, useHiddenColumns } from "#components/data-table/column-menu";
import { DataTable } from "#components/data-table/data-table";
import { EmptyState } from "#components/empty-state";
import { ErrorNotice } from "#components/error-notice";
import { FilterBar } from "#components/filters/filter-bar";
import { ListSkeleton } from "#components/list-skeleton";
import { NoMatch } from "#components/no-match";
import { PageBody } from "#components/page-body";
import { PageHeader } from "#components/page-header";
import { Button } from "#components/ui/button";
import { Card } from "#components/ui/card";
import { preloadDialog } from "#components/ui/dialog";
import { queryKeys } from "#lib/api/query-keys";
import { type ApiKey, useApiKeys } from "#lib/api/use-api-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import { useModels } from "#lib/api/use-models";
import { createLazyPart } from "#lib/lazy-part";
import { useLiveRefresh } from "#lib/live/use-live-refresh";
import { KeyBulkActions } from "./key-bulk-actions";
import { keyStates } from "./map-key-state";
import { useKeyColumns } from "./use-key-columns";
import { useFilteredKeys, useKeyFilters } from "./use-key-filters";

const CreateKeyDialog = createLazyPart<{ onClose: () => void }>(
  async () => (await import("./key-dialog")).CreateKeyDialog,
);
const KeyDetail = createLazyPart<{
  apiKey: ApiKey;
  neighbours: readonly string[];
  onOpen: (id: string | null) => void;
}>(async () => (await import("./key-detail")).KeyDetail);

const noKeys: readonly ApiKey[] = [];

/** The managed keys. */
export function KeysPage() {
  const t = useTranslations("keys");
  const isAdmin = useIsAdmin();
  const [filters, setFilters] = useKeyFilters();
  const { data, error, refetch } = useApiKeys();
  const { data: tokens } = useGithubTokens();
  const { data: models } = useModels();
  useLiveRefresh(queryKeys.apiKeys, "request", 10_000);
  const keys = data?.keys ?? noKeys;
  const shown = useFilteredKeys(keys, filters);
  const columns = useKeyColumns();
  const [hidden, setHidden] = useHiddenColumns("keys", columns);
  const clear = useCallback(() => void setFilters({ q: null, state: null, model: null, token: null }), [setFilters]);
  const search = useCallback((q: string) => void setFilters({ q: q === "" ? null : q }), [setFilters]);
  const open = useCallback((id: string | null) => void setFilters({ id }), [setFilters]);
  const openKey = keys.find(({ id }) => id === filters.id);
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
  const chosen = (value: string | null) => (value === null ? [] : [value]);
  return (
    <>
      <PageHeader title={t("title")} isLive action={keys.length > 0 && createButton} />
      <PageBody>
        {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <ListSkeleton rowHeight="double" />}
        {data !== undefined && keys.length === 0 && (
          <Card>
            <EmptyState icon={KeyRound} title={t("empty.title")} action={createButton}>
              {t("empty.text")}
            </EmptyState>
          </Card>
        )}
        {keys.length > 0 && (
          <div className="flex flex-col gap-3">
            <FilterBar
              viewName="keys"
              search={{ value: filters.q, onChange: search, placeholder: t("search") }}
              fields={[
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
              ]}
              values={{ state: chosen(filters.state), model: chosen(filters.model), token: chosen(filters.token) }}
              onChange={(field, [value]) =>
                void setFilters(
                  field === "state"
                    ? { state: keyStates.find((state) => state === value) ?? null }
                    : { [field]: value ?? null },
                )
              }
              onClear={clear}
            >
              <span className="tabular-nums max-sm:hidden">
                {t("shown", { count: shown.length, total: keys.length })}
              </span>
              <ColumnMenu columns={columns} hidden={hidden} onChange={setHidden} />
            </FilterBar>
            <Card className="overflow-hidden">
              {shown.length === 0 ? (
                <NoMatch onClear={clear} />
              ) : (
                <DataTable
                  caption={t("title")}
                  rows={shown}
                  columns={columns}
                  hiddenColumns={hidden}
                  rowId={({ id }) => id}
                  rowLabel={({ alias }) => alias}
                  rowHeight="double"
                  href={({ id }) => `/keys/?id=${encodeURIComponent(id)}`}
                  openId={filters.id}
                  onOpen={open}
                  sort={filters.sort}
                  onSort={(sort) => void setFilters({ sort: sort === "" ? null : sort })}
                  isDimmed={error !== null}
                  {...(isAdmin
                    ? {
                        renderSelectionActions: (ids: readonly string[], clearSelection: () => void) => (
                          <KeyBulkActions keys={keys.filter(({ id }) => ids.includes(id))} onDone={clearSelection} />
                        ),
                      }
                    : {})}
                />
              )}
            </Card>
          </div>
        )}
      </PageBody>
      <Suspense>
        {filters.new !== null && isAdmin && <CreateKeyDialog onClose={() => void setFilters({ new: null })} />}
        {openKey !== undefined && (
          <KeyDetail key={openKey.id} apiKey={openKey} neighbours={shown.map(({ id }) => id)} onOpen={open} />
        )}
      </Suspense>
    </>
  );
}
