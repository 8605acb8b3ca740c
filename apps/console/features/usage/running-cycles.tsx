import type { EntityForecastView } from "@copilot-llm/gateway/admin-api";
import Link from "next/link";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import type { DataColumn } from "#components/data-table/data-column";
import { DataTable } from "#components/data-table/data-table";
import { ErrorNotice } from "#components/error-notice";
import { Amount, Unknown } from "#components/figure";
import { DayTime, RelativeTime } from "#components/relative-time";
import { Card, CardHeader } from "#components/ui/card";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import { useQuotaForecast } from "#lib/api/use-quota-forecast";
import { useFigures } from "#lib/use-figures";
import { payerName } from "./payer-name";

/** Where each payer's quota stands, and where it ends at its reset, as the gateway foretells it. */
export function RunningCycles() {
  const t = useTranslations("usage.cycles");
  const { data, error, refetch } = useQuotaForecast();
  const { data: tokens } = useGithubTokens();
  const [sort, setSort] = useState("-lost");
  const columns = useRunningColumns();
  const entities = useMemo(
    () =>
      (data?.entities ?? [])
        .filter(({ entitlement, unlimited }) => unlimited || (entitlement ?? 0) > 0)
        .map((entity) => {
          const own = (tokens?.tokens ?? []).filter(({ id }) => entity.token_ids.includes(id));
          return {
            ...entity,
            name: payerName(entity.name, own),
          };
        }),
    [data, tokens],
  );
  return (
    <Card aria-label={t("title")} className="overflow-hidden">
      <CardHeader title={t("title")}>
        {data !== undefined && (
          <span className="text-label text-foreground-soft">
            {t.rich("computed", { time: () => <RelativeTime time={data.computed_at} /> })}
          </span>
        )}
      </CardHeader>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4" />}
      {data !== undefined && entities.length === 0 && (
        <p className="px-4 py-10 text-center text-small text-foreground-soft">{t("none")}</p>
      )}
      {entities.length > 0 && (
        <DataTable
          caption={t("title")}
          rows={entities}
          columns={columns}
          rowId={({ entity }) => entity}
          rowLabel={({ name }) => name}
          sort={sort}
          onSort={setSort}
        />
      )}
    </Card>
  );
}

function useRunningColumns(): readonly DataColumn<EntityForecastView>[] {
  const t = useTranslations("usage.cycles");
  const figures = useFigures();
  return useMemo(() => {
    const amount = (
      id: "here" | "elsewhere",
      readValue: (row: EntityForecastView) => number | null,
    ): DataColumn<EntityForecastView> => ({
      id,
      header: t(id),
      width: "5.5rem",
      align: "end",
      sortValue: readValue,
      cell: (row) => <Amount value={readValue(row)} />,
    });
    const whole = (value: number) => figures.amount(Math.round(value));
    return [
      {
        id: "payer",
        header: t("payer"),
        isTitle: true,
        sortValue: ({ name }) => name.toLowerCase(),
        cell: ({ name, token_ids: [first, ...others] }) => (
          <span className="flex items-baseline gap-2">
            <Link
              href={first === undefined ? "/tokens/" : `/tokens/?id=${encodeURIComponent(first)}`}
              prefetch={false}
              className="truncate hover:underline"
            >
              {name}
            </Link>
            {others.length > 0 && (
              <span className="shrink-0 text-label font-normal text-foreground-soft">
                {t("tokens", { count: others.length + 1 })}
              </span>
            )}
          </span>
        ),
      },
      {
        id: "unit",
        header: t("unit"),
        width: "9rem",
        cell: ({ unit }) => t(`units.${unit ?? "units"}`),
      },
      {
        id: "limit",
        header: t("limit"),
        width: "5.5rem",
        align: "end",
        sortValue: ({ entitlement }) => entitlement,
        cell: ({ entitlement, remaining }) => (
          <span title={remaining === null ? undefined : t("left", { left: figures.amount(remaining) })}>
            <Amount value={entitlement} />
          </span>
        ),
      },
      amount("here", ({ used_here: here }) => here),
      amount("elsewhere", ({ used_elsewhere: elsewhere }) => elsewhere),
      {
        id: "lost",
        header: t("lost"),
        width: "8.5rem",
        align: "end",
        sortValue: ({ projected_waste: waste }) => waste?.expected,
        cell: ({ projected_waste: waste, entitlement }) =>
          waste === null || entitlement === null ? (
            <Unknown />
          ) : (
            <span title={t("band", { low: whole(waste.p10), high: whole(waste.p90) })}>
              {whole(waste.expected)}{" "}
              <span className="text-foreground-soft">({figures.percent(waste.expected / entitlement)})</span>
            </span>
          ),
      },
      {
        id: "runsOut",
        header: t("runsOut"),
        width: "9rem",
        align: "end",
        card: "hidden",
        sortValue: ({ runs_out_at: at }) => at,
        cell: ({ runs_out_at: at, projected_waste: waste }) => {
          if (at !== null) return <DayTime time={at} />;
          return waste === null ? <Unknown /> : t("notBefore");
        },
      },
      {
        id: "reset",
        header: t("reset"),
        width: "6.5rem",
        align: "end",
        sortValue: ({ reset_at: at }) => at,
        cell: ({ reset_at: at }) => (at === null ? <Unknown /> : <DayTime time={at} />),
      },
    ];
  }, [t, figures]);
}
