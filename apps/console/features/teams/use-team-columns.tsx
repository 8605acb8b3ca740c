import { keyRates } from "@copilot-llm/quota/key-limits";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import type { DataColumn } from "#components/data-table/data-column";
import { Count } from "#components/figure";
import { DayTime } from "#components/relative-time";
import { KeyUsage } from "#features/keys/key-usage";
import { useIsAdmin } from "#lib/api/use-auth";
import type { Team } from "#lib/api/use-teams";
import { useFigures } from "#lib/use-figures";
import { tightestBudget } from "../keys/map-key-state";
import { TeamActions } from "./team-actions";

/** What the list of teams shows of each. */
export function useTeamColumns(): readonly DataColumn<Team>[] {
  const t = useTranslations("teams");
  const tUsage = useTranslations("keys.usage");
  const isAdmin = useIsAdmin();
  const figures = useFigures();
  return useMemo(() => {
    const columns: DataColumn<Team>[] = [
      {
        id: "name",
        header: t("columns.team"),
        isTitle: true,
        sortValue: ({ name }) => name.toLowerCase(),
        cell: ({ name }) => <span className="block truncate">{name}</span>,
      },
      {
        id: "keys",
        header: t("columns.keys"),
        width: "6rem",
        align: "end",
        sortValue: ({ key_ids: ids }) => ids.length,
        cell: ({ key_ids: ids }) => <Count value={ids.length} />,
      },
      {
        id: "usage",
        header: t("columns.usage"),
        width: "30%",
        sortValue: (team) => {
          const tightest = tightestBudget(team);
          return tightest === null ? null : tightest.used / tightest.limit;
        },
        cell: (team) => <KeyUsage of={team} />,
      },
      {
        id: "period",
        header: t("columns.period"),
        width: "10rem",
        sortValue: ({ limit_period: period }) => period,
        cell: ({ limit_period: period }) => tUsage(`per.${period}`),
      },
      {
        id: "rates",
        header: t("columns.rates"),
        width: "12rem",
        card: "hidden",
        cell: (team) => {
          const rates = keyRates.flatMap(({ name }) => {
            const limit = team[name];
            return limit === null ? [] : [tUsage(`rates.${name}`, { limit: figures.count(limit) })];
          });
          return rates.length === 0 ? <span className="text-foreground-soft">–</span> : rates.join(" · ");
        },
      },
      {
        id: "created_at",
        header: t("columns.created"),
        width: "8rem",
        card: "hidden",
        sortValue: ({ created_at: at }) => at,
        cell: ({ created_at: at }) => <DayTime time={at} />,
      },
    ];
    if (isAdmin) {
      columns.push({
        id: "actions",
        header: "",
        width: "4rem",
        align: "end",
        card: "aside",
        cell: (team) => <TeamActions team={team} />,
      });
    }
    return columns;
  }, [t, tUsage, isAdmin, figures]);
}
