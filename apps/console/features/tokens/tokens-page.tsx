"use client";

import { Plus, Ticket, UserPlus } from "lucide-react";
import { Suspense, useCallback, useMemo } from "react";
import { useTranslations } from "use-intl";
import { DataList } from "#components/data-table/data-list";
import { EmptyState } from "#components/empty-state";
import { PageBody } from "#components/page-body";
import { PageHeader } from "#components/page-header";
import { Button } from "#components/ui/button";
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
  const isEmpty = data !== undefined && tokens.length === 0;
  const shown = useFilteredTokens(tokens, filters);
  const quotasOf = useCallback((id: string) => quotas?.quotas.find((quota) => quota.id === id)?.quotas, [quotas]);
  const columns = useTokenColumns(quotasOf);
  const plans = useMemo(() => [...new Set(tokens.flatMap(({ plan }) => plan ?? []))].sort(), [tokens]);
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
      <PageHeader title={t("title")} isLive action={!isEmpty && actions}>
        {!isEmpty && isAdmin && <CheckAllButton />}
      </PageHeader>
      <PageBody>
        <DataList
          name="tokens"
          caption={t("title")}
          isEmpty={data === undefined ? undefined : isEmpty}
          empty={
            <EmptyState icon={Ticket} title={t("empty.title")} action={actions}>
              {t("empty.text")}
            </EmptyState>
          }
          error={error}
          onRetry={() => void refetch()}
          view={filters}
          onView={(changed) => void setFilters(changed)}
          searchPlaceholder={t("search")}
          fields={[
            {
              id: "plan",
              label: t("detail.plan"),
              options: plans.map((plan) => ({ value: plan, label: mapPlanName(plan) })),
            },
          ]}
          ownFilters={["state"]}
          head={<TokenSummary tokens={tokens} state={filters.state} onState={(state) => void setFilters({ state })} />}
          rows={shown}
          columns={columns}
          rowId={({ id }) => id}
          rowLabel={({ alias }) => alias}
          {...(isAdmin
            ? {
                renderSelectionActions: (ids: readonly string[], clearSelection: () => void) => (
                  <TokenBulkActions tokens={tokens.filter(({ id }) => ids.includes(id))} onDone={clearSelection} />
                ),
              }
            : {})}
        />
        {data !== undefined && <Invitations tokens={tokens} />}
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
