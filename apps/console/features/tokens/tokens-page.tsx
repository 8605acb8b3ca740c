"use client";

import { Plus, Ticket, UserPlus } from "lucide-react";
import { Suspense, useCallback, useMemo } from "react";
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
import { useIsAdmin } from "#lib/api/use-auth";
import { type GithubToken, useGithubTokenQuotas, useGithubTokens } from "#lib/api/use-github-tokens";
import { createLazyPart } from "#lib/lazy-part";
import { useLiveRefresh } from "#lib/live/use-live-refresh";
import { CheckAllButton } from "./check-all-button";
import { Invitations } from "./invitations";
import { mapPlanName } from "./map-plan-name";
import { TokenBulkActions } from "./token-bulk-actions";
import { TokenSummary } from "./token-summary";
import { useTokenColumns } from "./use-token-columns";
import { useFilteredTokens, useTokenFilters } from "./use-token-filters";

const AddTokenDialog = createLazyPart<{ onClose: () => void }>(
  async () => (await import("./add-token-dialog")).AddTokenDialog,
);
const InviteDialog = createLazyPart<{ onClose: () => void }>(
  async () => (await import("./invite-dialog")).InviteDialog,
);
const TokenDetail = createLazyPart<{
  token: GithubToken;
  neighbours: readonly string[];
  onOpen: (id: string | null) => void;
}>(async () => (await import("./token-detail")).TokenDetail);

const noTokens: readonly GithubToken[] = [];

/** The pool's GitHub tokens. */
export function TokensPage() {
  const t = useTranslations("tokens");
  const isAdmin = useIsAdmin();
  const [filters, setFilters] = useTokenFilters();
  const { data, error, refetch } = useGithubTokens();
  const { data: quotas } = useGithubTokenQuotas();
  useLiveRefresh(queryKeys.githubTokens, "request", 15_000);
  const tokens = data?.tokens ?? noTokens;
  const shown = useFilteredTokens(tokens, filters);
  const quotasOf = useCallback((id: string) => quotas?.quotas.find((quota) => quota.id === id)?.quotas, [quotas]);
  const columns = useTokenColumns(quotasOf);
  const [hidden, setHidden] = useHiddenColumns("tokens", columns);
  const plans = useMemo(() => [...new Set(tokens.flatMap(({ plan }) => plan ?? []))].sort(), [tokens]);
  const clear = useCallback(() => void setFilters({ q: null, state: null, plan: null }), [setFilters]);
  const search = useCallback((q: string) => void setFilters({ q: q === "" ? null : q }), [setFilters]);
  const open = useCallback((id: string | null) => void setFilters({ id }), [setFilters]);
  const openToken = tokens.find(({ id }) => id === filters.id);
  const actions = isAdmin && (
    <div className="flex flex-wrap items-center gap-3">
      <Button
        variant="outline"
        size="small"
        onPointerEnter={() => {
          preloadDialog();
          InviteDialog.preload();
        }}
        onClick={() => void setFilters({ invite: "1" })}
      >
        <UserPlus aria-hidden />
        {t("invite.open")}
      </Button>
      <Button
        size="small"
        onPointerEnter={() => {
          preloadDialog();
          AddTokenDialog.preload();
        }}
        onClick={() => void setFilters({ new: "1" })}
      >
        <Plus aria-hidden />
        {t("add.open")}
      </Button>
    </div>
  );
  return (
    <>
      <PageHeader title={t("title")} isLive action={tokens.length > 0 && actions}>
        {tokens.length > 0 && isAdmin && <CheckAllButton />}
      </PageHeader>
      <PageBody>
        {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
        {data === undefined && error === null && <ListSkeleton rowHeight="double" />}
        {data !== undefined && tokens.length === 0 && (
          <Card>
            <EmptyState icon={Ticket} title={t("empty.title")} action={actions}>
              {t("empty.text")}
            </EmptyState>
          </Card>
        )}
        {tokens.length > 0 && (
          <div className="flex flex-col gap-3">
            <FilterBar
              viewName="tokens"
              search={{ value: filters.q, onChange: search, placeholder: t("search") }}
              fields={[
                {
                  id: "plan",
                  label: t("detail.plan"),
                  options: plans.map((plan) => ({ value: plan, label: mapPlanName(plan) })),
                },
              ]}
              values={{ plan: filters.plan === null ? [] : [filters.plan] }}
              onChange={(_field, [plan]) => void setFilters({ plan: plan ?? null })}
              onClear={clear}
            >
              <ColumnMenu columns={columns} hidden={hidden} onChange={setHidden} />
            </FilterBar>
            <Card className="overflow-hidden">
              <TokenSummary tokens={tokens} state={filters.state} onState={(state) => void setFilters({ state })} />
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
                  href={({ id }) => `/tokens/?id=${encodeURIComponent(id)}`}
                  openId={filters.id}
                  onOpen={open}
                  sort={filters.sort}
                  onSort={(sort) => void setFilters({ sort: sort === "" ? null : sort })}
                  isDimmed={error !== null}
                  {...(isAdmin
                    ? {
                        renderSelectionActions: (ids: readonly string[], clearSelection: () => void) => (
                          <TokenBulkActions
                            tokens={tokens.filter(({ id }) => ids.includes(id))}
                            onDone={clearSelection}
                          />
                        ),
                      }
                    : {})}
                />
              )}
            </Card>
          </div>
        )}
        <Invitations tokens={tokens} />
      </PageBody>
      <Suspense>
        {filters.new !== null && isAdmin && <AddTokenDialog onClose={() => void setFilters({ new: null })} />}
        {filters.invite !== null && isAdmin && <InviteDialog onClose={() => void setFilters({ invite: null })} />}
        {openToken !== undefined && (
          <TokenDetail key={openToken.id} token={openToken} neighbours={shown.map(({ id }) => id)} onOpen={open} />
        )}
      </Suspense>
    </>
  );
}
