import { useTranslations } from "use-intl";
import { classNames } from "#lib/class-names";
import type { ColumnRow } from "./column-row";
import { SeriesMark } from "./series-mark";

interface ChartTooltipProps {
  title: string;
  isRunning: boolean;
  rows: readonly ColumnRow[];
  allIds: readonly string[];
  kind: "bars" | "lines";
  formatValue: (value: number) => string;
  /** The middle of the bucket, and how much room there is. */
  x: number;
  width: number;
}

/** The values of one bucket, beside it. */
export function ChartTooltip({ title, isRunning, rows, allIds, kind, formatValue, x, width }: ChartTooltipProps) {
  const t = useTranslations("charts");
  const known = rows.filter(({ value }) => value !== null && value !== 0);
  const total = rows.reduce((sum, { value }) => sum + (value ?? 0), 0);
  return (
    <div
      aria-hidden
      style={x > width / 2 ? { right: width - x + 12 } : { left: x + 12 }}
      className="pointer-events-none absolute top-1 z-10 max-w-64 rounded-md border bg-surface-raised px-2.5 py-2 text-label shadow-lg"
    >
      <p className="mb-1 font-medium whitespace-nowrap">
        {title}
        {isRunning && <span className="text-foreground-soft"> · {t("running")}</span>}
      </p>
      {known.map(({ series, value }) => (
        <p key={series.id} className="flex items-center gap-2">
          <SeriesMark series={series} allIds={allIds} kind={kind} />
          <span className="min-w-0 flex-1 truncate">{series.label}</span>
          <span className="tabular-nums">{formatValue(value ?? 0)}</span>
        </p>
      ))}
      {(known.length === 0 || (kind === "bars" && known.length > 1)) && (
        <p className={classNames("flex justify-between gap-4 font-medium", known.length > 0 && "mt-1 border-t pt-1")}>
          <span>{t("total")}</span>
          <span className="tabular-nums">{formatValue(total)}</span>
        </p>
      )}
    </div>
  );
}
