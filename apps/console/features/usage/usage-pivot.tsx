import { Download } from "lucide-react";
import Link from "next/link";
import { useMemo } from "react";
import { useTranslations } from "use-intl";
import { ColumnMenu, useHiddenColumns } from "#components/data-table/column-menu";
import type { DataColumn } from "#components/data-table/data-column";
import { DataTable } from "#components/data-table/data-table";
import { Button } from "#components/ui/button";
import { Card, CardHeader } from "#components/ui/card";
import { classNames } from "#lib/class-names";
import { saveText } from "#lib/save-text";
import { isSum, type Metric, metricOf } from "#lib/stats/metrics";
import { useMetricFormat } from "#lib/stats/use-metric-format";
import { useFigures } from "#lib/use-figures";
import { changeOf, encodePivotCsv, nameOrderOf, type PivotRow } from "./pivot";

interface UsagePivotProps {
  title: string;
  nameHeader: string;
  partHeader: string | null;
  rows: readonly PivotRow[];
  totals: PivotRow;
  metrics: readonly Metric[];
  /** What the share bars and the change are of. */
  metric: Metric;
  /** Whether rows are times: then the latest comes first. */
  isOfTime: boolean;
  isCompared: boolean;
  sort: string;
  onSort: (sort: string) => void;
  hrefOf: (row: PivotRow) => string | null;
  isDimmed: boolean;
}

const badErrorRate = 0.1;
const optional: readonly Metric[] = ["errors", "tokens", "cacheRate", "reasoning", "latencyP99", "ttftP95", "ttftP99"];

/** So that all that is shown at first fits a page of 1,440 px. */
const widths: Partial<Record<Metric, string>> = {
  requests: "6.5rem",
  cached: "5.5rem",
  errorRate: "5.75rem",
  latencyP50: "5.75rem",
  latencyP95: "5.75rem",
  ttftP50: "6.75rem",
  ttftP95: "6.75rem",
  ttftP99: "6.75rem",
};

/** Every metric of every group, with their sum; each row leads to its sessions. */
export function UsagePivot(props: UsagePivotProps) {
  const { title, rows, totals, metrics, metric, isOfTime, sort, onSort, isDimmed } = props;
  const t = useTranslations("usage");
  const columns = usePivotColumns(props);
  const order = sort === "" ? `-${isOfTime ? "name" : metric}` : sort;
  const [hidden, setHidden] = useHiddenColumns("usage", columns);
  const save = () =>
    saveText(encodePivotCsv(rows, metrics), `usage-${new Date().toISOString().slice(0, 10)}.csv`, "text/csv");
  return (
    <Card aria-label={title} className="overflow-hidden">
      <CardHeader title={title}>
        <span className="text-label text-foreground-soft tabular-nums max-sm:hidden">
          {t("rows", { count: rows.length })}
        </span>
        <ColumnMenu columns={columns} hidden={hidden} onChange={setHidden} />
        <Button variant="outline" size="small" onClick={save}>
          <Download aria-hidden />
          {t("csv")}
        </Button>
      </CardHeader>
      {rows.length === 0 ? (
        <p className="px-4 py-10 text-center text-small text-foreground-soft">{t("none")}</p>
      ) : (
        <DataTable
          caption={title}
          rows={rows}
          columns={columns}
          hiddenColumns={hidden}
          rowId={({ id }) => id}
          rowLabel={({ name }) => name}
          sort={order}
          // What is sorted the other way round already is sorted by nothing next, which is the latest first again.
          onSort={(next) => onSort(isOfTime && next === "" && order === "-name" ? "name" : next)}
          totals={totals}
          isDimmed={isDimmed}
          maxHeightClassName="max-h-[36rem]"
        />
      )}
    </Card>
  );
}

function usePivotColumns(props: UsagePivotProps): readonly DataColumn<PivotRow>[] {
  const { rows, metrics, metric, isOfTime, isCompared, nameHeader, partHeader, hrefOf } = props;
  const t = useTranslations("usage");
  const figures = useFigures();
  const formatMetric = useMetricFormat();
  return useMemo(() => {
    const most = Math.max(0, ...rows.map((row) => metricOf(metric, row.figures) ?? 0));
    const shareOf = (row: PivotRow) =>
      row.isTotal || most === 0 || !isSum(metric) ? 0 : (metricOf(metric, row.figures) ?? 0) / most;
    return [
      {
        id: "name",
        header: nameHeader,
        isTitle: true,
        sortValue: (row) => nameOrderOf(row, isOfTime),
        cell: (row) => (
          <NameCell
            name={row.name}
            share={shareOf(row)}
            href={hrefOf(row)}
            isUnknown={row.group === null && !row.isTotal}
          />
        ),
      },
      ...(partHeader === null
        ? []
        : [
            {
              id: "part",
              header: partHeader,
              width: "11rem",
              sortValue: ({ part }: PivotRow) => part?.name.toLowerCase(),
              cell: ({ part }: PivotRow) => part?.name ?? "",
            },
          ]),
      ...(isCompared
        ? [
            {
              id: "change",
              header: t("change"),
              width: "6.75rem",
              align: "end" as const,
              sortValue: (row: PivotRow) => changeOf(row, metric),
              cell: (row: PivotRow) => {
                const change = changeOf(row, metric);
                return change === null ? "–" : figures.change(change);
              },
            },
          ]
        : []),
      ...metrics.map(
        (name): DataColumn<PivotRow> => ({
          id: name,
          header: t(`metrics.${name}`),
          width: widths[name] ?? "6rem",
          align: "end",
          givesWay: name !== "requests" && name !== metric,
          isOptional: optional.includes(name),
          card: name === "requests" || name === "credits" || name === metric ? "line" : "hidden",
          sortValue: (row) => metricOf(name, row.figures),
          cell: (row) => {
            const value = metricOf(name, row.figures);
            const isBad = name === "errorRate" && (value ?? 0) > badErrorRate;
            return (
              <span
                title={value === null ? undefined : String(value)}
                className={classNames(isBad && "text-danger", name === metric && "font-medium")}
              >
                {formatMetric(name, value)}
              </span>
            );
          },
        }),
      ),
    ];
  }, [t, figures, formatMetric, rows, metrics, metric, isOfTime, isCompared, nameHeader, partHeader, hrefOf]);
}

interface NameCellProps {
  name: string;
  share: number;
  href: string | null;
  isUnknown: boolean;
}

function NameCell({ name, share, href, isUnknown }: NameCellProps) {
  return (
    <span className="relative flex h-7 items-center">
      {share > 0 && (
        <span
          aria-hidden
          className="absolute inset-y-0 -left-2 rounded bg-bar/12"
          style={{ width: `calc(${share * 100}% + 0.5rem)` }}
        />
      )}
      {href === null ? (
        <span className={classNames("relative truncate", isUnknown && "text-foreground-soft")}>{name}</span>
      ) : (
        <Link href={href} prefetch={false} title={name} className="relative truncate hover:underline">
          {name}
        </Link>
      )}
    </span>
  );
}
