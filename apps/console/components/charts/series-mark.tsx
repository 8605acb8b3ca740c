import type { Series } from "#lib/charts/chart-data";
import { assignColors, seriesBackgrounds } from "#lib/charts/series-colors";
import { classNames } from "#lib/class-names";

interface SeriesMarkProps {
  series: Series;
  allIds: readonly string[];
  kind: "bars" | "lines";
}

/** The little square or line that stands for a series. */
export function SeriesMark({ series: { id, look = "series" }, allIds, kind }: SeriesMarkProps) {
  const isPlain = look === "solid" || look === "dashed" || look === "dotted";
  if (kind === "lines" && isPlain) {
    const dash = {
      solid: "border-solid border-series-1",
      dashed: "border-dashed border-series-1",
      dotted: "border-dotted border-series-2",
    }[look];
    return <span aria-hidden className={classNames("w-4 shrink-0 border-t-2", dash)} />;
  }
  const background =
    look === "danger"
      ? "bg-danger"
      : look === "other"
        ? "bg-series-other"
        : isPlain
          ? "bg-series-1"
          : (seriesBackgrounds[assignColors(allIds).get(id) ?? 0] ?? seriesBackgrounds[0]);
  return <span aria-hidden className={classNames("size-2.5 shrink-0 rounded-xs", background)} />;
}
