import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { WeekRun } from "#components/charts/week-run";
import type { DataColumn } from "#components/data-table/data-column";
import { Count } from "#components/figure";
import { DayTime, RelativeTime } from "#components/relative-time";
import type { ApiKey } from "#lib/api/use-api-keys";
import { useIsAdmin } from "#lib/api/use-auth";
import { useWeekRuns } from "#lib/api/use-week-runs";
import { KeyActions } from "./key-actions";
import { KeyScope } from "./key-scope";
import { KeyState } from "./key-state";
import { KeyUsage } from "./key-usage";
import { keyStates, mapKeyState, tightestBudget } from "./map-key-state";

/** What the list of keys shows of each. */
export function useKeyColumns(): readonly DataColumn<ApiKey>[] {
  const t = useTranslations("keys");
  const isAdmin = useIsAdmin();
  const { data: runs } = useWeekRuns("key");
  return useMemo(() => {
    const columns: DataColumn<ApiKey>[] = [
      {
        id: "alias",
        header: t("columns.key"),
        isTitle: true,
        width: "17%",
        sortValue: ({ alias }) => alias.toLowerCase(),
        cell: (key) => (
          <>
            <span className="block truncate">{key.alias}</span>
            <span className="block truncate font-mono text-label font-normal text-foreground-soft">
              {key.key_preview}…
            </span>
          </>
        ),
      },
      {
        id: "state",
        header: t("columns.state"),
        card: "aside",
        width: "12%",
        sortValue: (key) => keyStates.indexOf(mapKeyState(key, Date.now())),
        cell: (key) => <KeyState apiKey={key} />,
      },
      {
        id: "usage",
        header: t("columns.usage"),
        width: "20%",
        sortValue: (key) => {
          const tightest = tightestBudget(key);
          return tightest === null ? null : tightest.used / tightest.limit;
        },
        cell: (key) => <KeyUsage apiKey={key} />,
      },
      ...(runs == null
        ? []
        : [
            {
              id: "week",
              header: t("columns.week"),
              width: "7rem",
              card: "hidden",
              sortValue: ({ id }) => (runs.get(id) ?? []).reduce((sum, value) => sum + value, 0),
              cell: ({ id }) => <WeekRun values={runs.get(id)} />,
            } satisfies DataColumn<ApiKey>,
          ]),
      {
        id: "requests",
        header: t("columns.requests"),
        width: "7rem",
        align: "end",
        isOptional: true,
        card: "hidden",
        sortValue: ({ current_requests: requests }) => requests,
        cell: ({ current_requests: requests }) => <Count value={requests} />,
      },
      { id: "scope", header: t("columns.scope"), card: "hidden", cell: (key) => <KeyScope apiKey={key} /> },
      {
        id: "expires_at",
        header: t("columns.expires"),
        width: "6.5rem",
        card: "hidden",
        sortValue: ({ expires_at: expiresAt }) => expiresAt,
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
        width: "7.5rem",
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
        cell: (key) => <KeyActions apiKey={key} />,
      });
    }
    return columns;
  }, [t, isAdmin, runs]);
}
