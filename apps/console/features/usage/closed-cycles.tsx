import { Download } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslations } from "use-intl";
import type { DataColumn } from "#components/data-table/data-column";
import { DataTable } from "#components/data-table/data-table";
import { ErrorNotice } from "#components/error-notice";
import { Amount } from "#components/figure";
import { DayTime } from "#components/relative-time";
import { Button } from "#components/ui/button";
import { Card, CardHeader } from "#components/ui/card";
import { useGithubTokens } from "#lib/api/use-github-tokens";
import { type QuotaCycle, useQuotaCycles } from "#lib/api/use-quota-cycles";
import { encodeCsv } from "#lib/encode-csv";
import { saveText } from "#lib/save-text";
import { useFigures } from "#lib/use-figures";
import { payerName } from "./payer-name";

/** What became of each payer's quota from reset to reset: used here, used elsewhere, lost. */
export function ClosedCycles() {
  const t = useTranslations("usage.cycles");
  const { data: cycles, error, refetch } = useQuotaCycles();
  const { data: tokens } = useGithubTokens();
  const data = useMemo(
    () =>
      cycles?.map((cycle) => {
        const own = (tokens?.tokens ?? []).filter(({ billing_entity: entity }) => entity === cycle.entity);
        return {
          ...cycle,
          name: payerName(cycle.name, own),
        };
      }),
    [cycles, tokens],
  );
  const [sort, setSort] = useState("-reset");
  const columns = useClosedColumns();
  return (
    <Card aria-label={t("closed")} className="overflow-hidden">
      <CardHeader title={t("closed")}>
        {data !== undefined && data.length > 0 && (
          <Button
            variant="outline"
            size="small"
            onClick={() => saveText(encodeCyclesCsv(data), "cycles.csv", "text/csv;charset=utf-8")}
          >
            <Download aria-hidden />
            {t("csv")}
          </Button>
        )}
      </CardHeader>
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} className="m-4" />}
      {data?.length === 0 && (
        <p className="px-4 py-10 text-center text-small text-foreground-soft">{t("noneClosed")}</p>
      )}
      {data !== undefined && data.length > 0 && (
        <DataTable
          caption={t("closed")}
          rows={data}
          columns={columns}
          rowId={({ entity, unit, reset_at: at }) => `${entity} ${unit} ${at}`}
          rowLabel={({ name }) => name}
          sort={sort}
          onSort={setSort}
          maxHeightClassName="max-h-[36rem]"
        />
      )}
    </Card>
  );
}

function useClosedColumns(): readonly DataColumn<QuotaCycle>[] {
  const t = useTranslations("usage.cycles");
  const figures = useFigures();
  return useMemo(() => {
    const amount = (
      id: "limit" | "here" | "elsewhere",
      readValue: (cycle: QuotaCycle) => number,
    ): DataColumn<QuotaCycle> => ({
      id,
      header: t(id),
      width: "8rem",
      align: "end",
      sortValue: readValue,
      cell: (cycle) => <Amount value={readValue(cycle)} />,
    });
    return [
      {
        id: "payer",
        header: t("payer"),
        isTitle: true,
        sortValue: ({ name }) => name.toLowerCase(),
        cell: ({ name }) => name,
      },
      {
        id: "reset",
        header: t("ended"),
        width: "9rem",
        sortValue: ({ reset_at: at }) => at,
        cell: ({ reset_at: at, seen_from: from }) => (
          <span title={t("seenFrom", { from })}>
            <DayTime time={at} />
          </span>
        ),
      },
      { id: "unit", header: t("unit"), width: "9rem", card: "hidden", cell: ({ unit }) => t(`units.${unit}`) },
      amount("limit", ({ entitlement }) => entitlement),
      amount("here", ({ used_here: here }) => here),
      amount("elsewhere", ({ used_elsewhere: elsewhere }) => elsewhere),
      {
        id: "lost",
        header: t("lostThen"),
        width: "10rem",
        align: "end",
        sortValue: ({ lost, entitlement }) => (entitlement === 0 ? 0 : lost / entitlement),
        cell: ({ lost, entitlement }) => (
          <>
            {figures.amount(Math.round(lost))}{" "}
            {entitlement > 0 && <span className="text-foreground-soft">({figures.percent(lost / entitlement)})</span>}
          </>
        ),
      },
    ];
  }, [t, figures]);
}

/** With every digit. */
function encodeCyclesCsv(cycles: readonly QuotaCycle[]): string {
  const fields = [
    "name",
    "unit",
    "reset_at",
    "seen_from",
    "entitlement",
    "used",
    "used_here",
    "used_elsewhere",
    "lost",
  ] as const;
  return encodeCsv([fields, ...cycles.map((cycle) => fields.map((field) => cycle[field]))]);
}
