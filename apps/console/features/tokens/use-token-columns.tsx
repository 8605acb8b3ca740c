import type { QuotaBucket } from "@copilot-llm/gateway/admin-api";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { WeekRun } from "#components/charts/week-run";
import type { DataColumn } from "#components/data-table/data-column";
import { Amount, Count } from "#components/figure";
import { DayTime, RelativeTime } from "#components/relative-time";
import { Badge } from "#components/ui/badge";
import { useIsAdmin } from "#lib/api/use-auth";
import type { GithubToken } from "#lib/api/use-github-tokens";
import { useWeekRuns } from "#lib/api/use-week-runs";
import { mapPlanName } from "./map-plan-name";
import { TokenActions } from "./token-actions";
import { TokenQuota } from "./token-quota";
import { TokenState } from "./token-state";
import { TokenWindows } from "./token-windows";

const stateOrder = ["auth_failed", "exhausted", "cooling", "checking", "active", "disabled"];

/** What the list of tokens shows of each. */
export function useTokenColumns(
  quotasOf: (id: string) => readonly QuotaBucket[] | undefined,
): readonly DataColumn<GithubToken>[] {
  const t = useTranslations("tokens");
  const isAdmin = useIsAdmin();
  const { data: runs } = useWeekRuns("token");
  return useMemo(() => {
    const columns: DataColumn<GithubToken>[] = [
      {
        id: "alias",
        header: t("columns.token"),
        isTitle: true,
        sortValue: ({ alias }) => alias.toLowerCase(),
        cell: (token) => (
          <>
            <span className="block truncate">{token.alias}</span>
            <span className="flex items-center gap-2 text-label font-normal text-foreground-soft">
              <span className="truncate">{token.login === null ? token.token_preview : `@${token.login}`}</span>
              {token.plan !== null && <Badge>{mapPlanName(token.plan)}</Badge>}
            </span>
          </>
        ),
      },
      {
        id: "state",
        header: t("columns.state"),
        card: "aside",
        width: "12rem",
        sortValue: ({ status }) => stateOrder.indexOf(status),
        cell: (token) => <TokenState token={token} />,
      },
      {
        id: "quota",
        header: t("columns.quota"),
        width: "11.5rem",
        sortValue: ({ premium_quota_used: used, premium_quota_limit: limit }) =>
          used === null || limit === null || limit === 0 ? null : used / limit,
        cell: (token) => <TokenQuota token={token} />,
      },
      {
        id: "windows",
        header: t("columns.windows"),
        width: "8.5rem",
        card: "hidden",
        cell: ({ id }) => <TokenWindows quotas={quotasOf(id)} />,
      },
      {
        id: "reset",
        header: t("columns.reset"),
        width: "6rem",
        sortValue: ({ premium_quota_reset: reset }) => reset,
        cell: ({ premium_quota_reset: reset }) => (reset === null ? "–" : <DayTime time={reset} />),
      },
      ...(runs == null
        ? []
        : [
            {
              id: "week",
              header: t("columns.week"),
              width: "7.5rem",
              givesWay: true,
              card: "hidden",
              sortValue: ({ id }) => (runs.get(id) ?? []).reduce((sum, value) => sum + value, 0),
              cell: ({ id }) => <WeekRun values={runs.get(id)} />,
            } satisfies DataColumn<GithubToken>,
          ]),
      {
        id: "requests",
        header: t("columns.requests"),
        width: "7rem",
        align: "end",
        isOptional: true,
        sortValue: ({ total_requests: requests }) => requests,
        cell: ({ total_requests: requests }) => <Count value={requests} />,
      },
      {
        id: "premium",
        header: t("columns.premium"),
        width: "7rem",
        align: "end",
        isOptional: true,
        card: "hidden",
        sortValue: ({ premium_requests: premium }) => premium,
        cell: ({ premium_requests: premium }) => <Amount value={premium} />,
      },
      {
        id: "last_used_at",
        header: t("columns.lastUsed"),
        width: "7rem",
        givesWay: true,
        sortValue: ({ last_used_at: lastUsedAt }) => lastUsedAt,
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
        cell: (token) => <TokenActions token={token} />,
      });
    }
    return columns;
  }, [t, isAdmin, quotasOf, runs]);
}
