import { useTranslations } from "use-intl";
import { CopyButton } from "#components/copy-button";
import { type ChartData, encodeChartCsv } from "#lib/charts/chart-data";

interface ChartTableProps {
  label: string;
  data: ChartData;
  formatValue: (value: number) => string;
  formatTime: (ms: number) => string;
}

/** The values of a chart as text. */
export function ChartTable({ label, data, formatValue, formatTime }: ChartTableProps) {
  const t = useTranslations("charts");
  const { buckets, series } = data;
  return (
    <div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section tabIndex={0} aria-label={label} className="max-h-64 overflow-auto rounded border">
        <table className="w-full text-left text-label">
          <caption className="sr-only">{label}</caption>
          <thead className="sticky top-0 bg-surface">
            <tr>
              <th scope="col" className="px-2 py-1 font-medium">
                {t("time")}
              </th>
              {series.map(({ id, label: name }) => (
                <th key={id} scope="col" className="px-2 py-1 text-right font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {buckets.map(({ startMs }, index) => (
              <tr key={startMs} className="border-t">
                <th scope="row" className="px-2 py-1 font-normal whitespace-nowrap">
                  {formatTime(startMs)}
                </th>
                {series.map(({ id, values }) => {
                  const value = values[index] ?? null;
                  return (
                    <td key={id} className="px-2 py-1 text-right tabular-nums">
                      {value === null ? "–" : formatValue(value)}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <div className="flex justify-end pt-1">
        <CopyButton text={encodeChartCsv(data, "time")} label={t("copyCsv")} size="small" withText />
      </div>
    </div>
  );
}
