import Link from "next/link";
import { useMemo, useState } from "react";
import { useNow, useTranslations } from "use-intl";
import type { DataColumn } from "#components/data-table/data-column";
import { DataTable } from "#components/data-table/data-table";
import { ErrorNotice } from "#components/error-notice";
import { Amount, Unknown } from "#components/figure";
import { ListSkeleton } from "#components/list-skeleton";
import { DayTime } from "#components/relative-time";
import { Card, CardHeader } from "#components/ui/card";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import { useStats } from "#lib/api/use-stats";
import { useFigures } from "#lib/use-figures";
import { type Cycle, createCycles } from "./cycles";

/** What becomes of each token's quota in the running month: used here, used elsewhere, left, lost at the reset. */
export function UsageCycles() {
  const t = useTranslations("usage.cycles");
  const tokens = useGithubTokens();
  const minuteMs = Math.floor(useNow({ updateInterval: 60_000 }).getTime() / 60_000) * 60_000;
  const now = new Date(minuteMs);
  const stats = useStats({
    fromMs: Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1),
    toMs: minuteMs + 60_000,
    groupBy: "token",
  });
  const [sort, setSort] = useState("-lost");
  const columns = useCycleColumns();
  const failed = [tokens, stats].find(({ error }) => error !== null);
  const { data: tokenData } = tokens;
  const { data: statsData } = stats;
  const cycles = useMemo(
    () => createCycles(tokenData?.tokens ?? [], statsData?.rows ?? [], minuteMs),
    [tokenData, statsData, minuteMs],
  );
  return (
    <Card aria-label={t("title")} className="overflow-hidden">
      <CardHeader title={t("title")}>
        <span className="text-label text-foreground-soft">{t("text")}</span>
      </CardHeader>
      {failed?.error != null && (
        <ErrorNotice error={failed.error} onRetry={() => void failed.refetch()} className="m-4" />
      )}
      {(tokenData === undefined || statsData === undefined) && failed === undefined && <ListSkeleton />}
      {tokenData !== undefined && statsData !== undefined && cycles.length === 0 && (
        <p className="px-4 py-10 text-center text-small text-foreground-soft">{t("none")}</p>
      )}
      {cycles.length > 0 && (
        <DataTable
          caption={t("title")}
          rows={cycles}
          columns={columns}
          rowId={({ id }) => id}
          rowLabel={({ alias }) => alias}
          sort={sort}
          onSort={setSort}
        />
      )}
    </Card>
  );
}

function useCycleColumns(): readonly DataColumn<Cycle>[] {
  const t = useTranslations("usage.cycles");
  const figures = useFigures();
  return useMemo(() => {
    const amount = (id: "limit" | "here" | "elsewhere" | "left"): DataColumn<Cycle> => ({
      id,
      header: t(id),
      width: "7rem",
      align: "end",
      sortValue: (cycle) => cycle[id],
      cell: (cycle) => <Amount value={cycle[id]} />,
    });
    return [
      {
        id: "token",
        header: t("token"),
        isTitle: true,
        sortValue: ({ alias }) => alias.toLowerCase(),
        cell: ({ id, alias }) => (
          <Link href={`/tokens/?id=${encodeURIComponent(id)}`} prefetch={false} className="hover:underline">
            {alias}
          </Link>
        ),
      },
      { id: "unit", header: t("unit"), width: "9rem", card: "hidden", cell: ({ unit }) => t(`units.${unit}`) },
      amount("limit"),
      amount("here"),
      amount("elsewhere"),
      amount("left"),
      {
        id: "lost",
        header: t("lost"),
        width: "10rem",
        align: "end",
        sortValue: ({ lost, limit }) => (lost === null ? null : lost / limit),
        cell: ({ lost, limit }) =>
          lost === null ? (
            <Unknown />
          ) : (
            <>
              {figures.amount(lost)} <span className="text-foreground-soft">({figures.percent(lost / limit)})</span>
            </>
          ),
      },
      {
        id: "reset",
        header: t("reset"),
        width: "9rem",
        align: "end",
        sortValue: ({ reset }) => reset,
        cell: ({ reset }) => <DayTime time={reset} />,
      },
    ];
  }, [t, figures]);
}
