/**
 * The colours of series, which keep apart on both themes, and none of them is a red: that one says that requests failed.
 * Whole class names, for the style sheet to find them.
 */
export const seriesFills = [
  "fill-series-1",
  "fill-series-2",
  "fill-series-3",
  "fill-series-4",
  "fill-series-5",
  "fill-series-6",
  "fill-series-7",
] as const;
export const seriesStrokes = [
  "stroke-series-1",
  "stroke-series-2",
  "stroke-series-3",
  "stroke-series-4",
  "stroke-series-5",
  "stroke-series-6",
  "stroke-series-7",
] as const;
export const seriesBackgrounds = [
  "bg-series-1",
  "bg-series-2",
  "bg-series-3",
  "bg-series-4",
  "bg-series-5",
  "bg-series-6",
  "bg-series-7",
] as const;

export const maxSeries = seriesFills.length;

/**
 * A colour for each series by its id, not by its rank: a series keeps its colour when others overtake it. Of two that
 * want the same one the one that comes first in the alphabet gets it.
 */
export function assignColors(ids: readonly string[]): ReadonlyMap<string, number> {
  const taken = new Set<number>();
  const colors = new Map<string, number>();
  for (const id of [...ids].sort()) {
    let color = hash(id) % maxSeries;
    while (taken.has(color) && taken.size < maxSeries) color = (color + 1) % maxSeries;
    taken.add(color);
    colors.set(id, color);
  }
  return colors;
}

function hash(text: string): number {
  let value = 2_166_136_261;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
  return value;
}
