import Link from "next/link";
import { useTranslations } from "use-intl";
import { Sparkline } from "#components/charts/sparkline";
import { Amount, Count } from "#components/figure";
import type { StatsFigures } from "#lib/api/use-stats";
import { metricOf, type SumMetric } from "#lib/stats/metrics";
import { useMetricFormat } from "#lib/stats/use-metric-format";

type Row = StatsFigures & { group: string | null; label: string | null };

interface UsageRunsProps {
  totals: StatsFigures;
  /** In order, none left out. */
  days: readonly StatsFigures[];
  models: readonly Row[];
  /** Where a model's requests are listed. */
  modelHref?: (model: string) => string;
}

const shownMetrics = ["requests", "errors", "tokens", "credits", "premium"] as const satisfies readonly SumMetric[];
const mostModels = 8;

/** What was used, each figure with its run over the days, and by which models. */
export function UsageRuns({ totals, days, models, modelHref }: UsageRunsProps) {
  const t = useTranslations("usageRuns");
  const formatMetric = useMetricFormat();
  const shown = models.slice(0, mostModels);
  // A seat counts in one of the two; a key may use seats of both.
  const units = (["credits", "premium"] as const).filter((unit) => (metricOf(unit, totals) ?? 0) > 0);
  const most = Math.max(1, ...shown.map(({ requests }) => requests));
  return (
    <div className="flex flex-col gap-4 text-small">
      <dl className="grid grid-cols-[repeat(auto-fill,minmax(6.25rem,1fr))] gap-x-4 gap-y-3">
        {shownMetrics.map((metric) => {
          const value = metricOf(metric, totals) ?? 0;
          const label = t(metric);
          return (
            <div key={metric} className="min-w-0">
              <dt className="text-label text-foreground-soft">{label}</dt>
              <dd className="text-body font-semibold tabular-nums" title={String(value)}>
                {formatMetric(metric, value)}
              </dd>
              {value > 0 && (
                <dd className="mt-1">
                  <Sparkline
                    values={days.map((day) => metricOf(metric, day) ?? 0)}
                    label={t("run", { label, days: days.length })}
                  />
                </dd>
              )}
            </div>
          );
        })}
      </dl>
      {shown.length > 0 && (
        <table className="w-full table-fixed text-left">
          <caption className="sr-only">{t("byModel")}</caption>
          <thead>
            <tr className="h-7 text-label text-foreground-soft">
              <th scope="col" className="font-medium">
                {t("model")}
              </th>
              <th scope="col" className="w-24 px-2 text-right font-medium">
                {t("requests")}
              </th>
              {units.map((unit) => (
                <th key={unit} scope="col" className="w-24 pl-2 text-right font-medium">
                  {t(unit)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <tr key={row.group ?? ""} className="h-8 border-t">
                <td className="relative truncate">
                  <span
                    aria-hidden
                    className="absolute inset-y-1 -left-1 rounded bg-bar/12"
                    style={{ width: `${(row.requests / most) * 100}%` }}
                  />
                  <ModelName row={row} modelHref={modelHref} />
                </td>
                <td className="px-2 text-right tabular-nums">
                  <Count value={row.requests} />
                </td>
                {units.map((unit) => (
                  <td key={unit} className="pl-2 text-right tabular-nums">
                    <Amount value={metricOf(unit, row) ?? 0} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function ModelName({ row, modelHref }: { row: Row; modelHref: UsageRunsProps["modelHref"] }) {
  const t = useTranslations("usageRuns");
  if (row.group === null) return <span className="relative text-foreground-soft">{t("noModel")}</span>;
  if (modelHref === undefined) return <span className="relative">{row.label ?? row.group}</span>;
  return (
    <Link href={modelHref(row.group)} prefetch={false} className="relative hover:underline">
      {row.label ?? row.group}
    </Link>
  );
}
