"use client";

import { Plus, UsersRound } from "lucide-react";
import { parseAsString, useQueryStates } from "nuqs";
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
import { type Team, useTeams } from "#lib/api/use-teams";
import { createLazyPart } from "#lib/lazy-part";
import { useLiveRefresh } from "#lib/live/use-live-refresh";
import type { TeamDetailProps } from "./team-detail";
import type { TeamDialogProps } from "./team-dialog";
import { useTeamColumns } from "./use-team-columns";

const TeamDialog = createLazyPart<TeamDialogProps>(async () => (await import("./team-dialog")).TeamDialog);
const TeamDetail = createLazyPart<TeamDetailProps>(async () => (await import("./team-detail")).TeamDetail);

const noTeams: readonly Team[] = [];

/** What may several keys use together, and what have they used? */
export function TeamsPage() {
  const t = useTranslations("teams");
  const isAdmin = useIsAdmin();
  const [view, setView] = useQueryStates({
    q: parseAsString.withDefault(""),
    sort: parseAsString.withDefault(""),
    id: parseAsString,
    new: parseAsString,
  });
  const { data, error, refetch } = useTeams();
  useLiveRefresh(queryKeys.teams, "request", 10_000);
  const teams = data ?? noTeams;
  const shown = useMemo(() => {
    const words = view.q.toLowerCase();
    return teams.filter(({ name, id }) => `${name} ${id}`.toLowerCase().includes(words));
  }, [teams, view.q]);
  const columns = useTeamColumns();
  const open = useCallback((id: string | null) => void setView({ id }), [setView]);
  const openTeam = teams.find(({ id }) => id === view.id);
  const createButton = isAdmin && (
    <Button
      size="small"
      onPointerEnter={() => {
        preloadDialog();
        TeamDialog.preload();
      }}
      onClick={() => void setView({ new: "1" })}
    >
      <Plus aria-hidden />
      {t("create.open")}
    </Button>
  );
  return (
    <>
      <PageHeader title={t("title")} isLive action={data?.length !== 0 && createButton} />
      <PageBody>
        <DataList
          name="teams"
          caption={t("title")}
          isEmpty={data === undefined ? undefined : teams.length === 0}
          empty={
            <EmptyState icon={UsersRound} title={t("empty.title")} action={createButton}>
              {t("empty.text")}
            </EmptyState>
          }
          error={error}
          onRetry={() => void refetch()}
          view={view}
          onView={(changed) => void setView(changed)}
          searchPlaceholder={t("search")}
          fields={[]}
          rows={shown}
          columns={columns}
          rowId={({ id }) => id}
          rowLabel={({ name }) => name}
        />
      </PageBody>
      <Suspense>
        {view.new !== null && isAdmin && <TeamDialog kind="create" onClose={() => void setView({ new: null })} />}
        {openTeam !== undefined && (
          <TeamDetail key={openTeam.id} team={openTeam} neighbours={shown.map(({ id }) => id)} onOpen={open} />
        )}
      </Suspense>
    </>
  );
}
