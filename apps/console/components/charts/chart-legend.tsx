import { useTranslations } from "use-intl";
import type { Series } from "#lib/charts/chart-data";
import { SeriesMark } from "./series-mark";

interface ChartLegendProps {
  series: readonly Series[];
  allIds: readonly string[];
  kind: "bars" | "lines";
  /** The series that are shown alone; none: all are. */
  isolated: readonly string[];
  onIsolate: (ids: readonly string[]) => void;
}

/** The series by name. A click shows one alone, with shift one more. */
export function ChartLegend({ series, allIds, kind, isolated, onIsolate }: ChartLegendProps) {
  const t = useTranslations("charts");
  const press = (id: string, isAdding: boolean) => {
    if (isAdding) onIsolate(isolated.includes(id) ? isolated.filter((other) => other !== id) : [...isolated, id]);
    else onIsolate(isolated.length === 1 && isolated[0] === id ? [] : [id]);
  };
  return (
    <fieldset aria-label={t("series")} className="flex min-w-0 flex-1 flex-wrap gap-x-1 gap-y-0.5">
      {series.map((one) => (
        <button
          key={one.id}
          type="button"
          aria-pressed={isolated.includes(one.id)}
          title={t("legendHint")}
          onClick={(event) => press(one.id, event.shiftKey)}
          className={
            isolated.length === 0 || isolated.includes(one.id)
              ? "flex h-6 max-w-56 items-center gap-1.5 rounded px-1.5 text-label hover:bg-muted pointer-coarse:h-11"
              : "flex h-6 max-w-56 items-center gap-1.5 rounded px-1.5 text-label text-foreground-soft line-through hover:bg-muted pointer-coarse:h-11"
          }
        >
          <SeriesMark series={one} allIds={allIds} kind={kind} />
          <span className="truncate">{one.label}</span>
        </button>
      ))}
    </fieldset>
  );
}
