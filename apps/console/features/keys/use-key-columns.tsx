import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { WeekRun } from "#components/charts/week-run";
import type { DataColumn } from "#components/data-table/data-column";
import { Count } from "#components/figure";
import { DayTime, RelativeTime } from "#components/relative-time";
import type { ApiKey } from "#lib/api/use-api-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { useTeams } from "#lib/api/use-teams";
import { useWeekRuns } from "#lib/api/use-week-runs";
import { KeyActions } from "./key-actions";
import { KeyScope } from "./key-scope";
import { KeyState } from "./key-state";
import { KeyUsage } from "./key-usage";

/** What the list of keys shows of each. */
export function useKeyColumns(): readonly DataColumn<ApiKey>[] {
  const t = useTranslations("keys");
  const isAdmin = useIsAdmin();
  const { data: runs } = useWeekRuns("key");
  const { data: teams } = useTeams();
  return useMemo(() => {
    const teamOf = ({ team_id: teamId }: ApiKey) => teams?.find(({ id }) => id === teamId)?.name ?? null;
    const columns: DataColumn<ApiKey>[] = [
      {
        id: "alias",
        header: t("columns.key"),
        isTitle: true,
        isSortedByGateway: true,
        cell: (key) => (
          <>
            <span className="block truncate">{key.alias}</span>
            <span
              title={teamOf(key) ?? undefined}
              className="block truncate text-label font-normal text-foreground-soft"
            >
              <span className="font-mono">{key.key_preview}…</span>
              {teamOf(key) !== null && ` · ${teamOf(key)}`}
            </span>
          </>
        ),
      },
      {
        id: "state",
        header: t("columns.state"),
        card: "aside",
        width: "8rem",
        cell: (key) => <KeyState apiKey={key} />,
      },
      {
        id: "usage",
        header: t("columns.usage"),
        width: "10rem",
        isSortedByGateway: true,
        cell: (key) => <KeyUsage of={key} />,
      },
      ...(runs == null
        ? []
        : [
            {
              id: "week",
              header: t("columns.week"),
              width: "7rem",
              card: "hidden",
              cell: ({ id }) => <WeekRun values={runs.get(id)} />,
            } satisfies DataColumn<ApiKey>,
          ]),
      {
        id: "current_requests",
        header: t("columns.requests"),
        width: "7rem",
        align: "end",
        isOptional: true,
        card: "hidden",
        isSortedByGateway: true,
        cell: ({ current_requests: requests }) => <Count value={requests} />,
      },
      {
        id: "scope",
        header: t("columns.scope"),
        width: "9rem",
        card: "hidden",
        cell: (key) => <KeyScope apiKey={key} />,
      },
      {
        id: "expires_at",
        header: t("columns.expires"),
        width: "6rem",
        card: "hidden",
        isSortedByGateway: true,
        cell: ({ expires_at: expiresAt }) =>
          expiresAt === null ? (
            <span className="text-foreground-soft">{t("never")}</span>
          ) : (
            <DayTime time={expiresAt} />
          ),
      },
      {
        id: "last_used_at",
        header: t("columns.lastUsed"),
        width: "8.25rem",
        givesWay: true,
        isSortedByGateway: true,
        cell: ({ last_used_at: lastUsedAt }) =>
          lastUsedAt === null ? (
            <span className="text-foreground-soft">{t("neverUsed")}</span>
          ) : (
            <RelativeTime time={lastUsedAt} />
          ),
      },
    ];
    if (isAdmin) {
      columns.push({
        id: "actions",
        header: "",
        width: "6.5rem",
        align: "end",
        card: "aside",
        cell: (key) => <KeyActions apiKey={key} />,
      });
    }
    return columns;
  }, [t, isAdmin, runs, teams]);
}
