import type { StatisticsFigures, StatisticsReport, StatisticsRow } from "../../interfaces/statistics.js";
import { sumNames } from "../../statistics/statistics-cell.js";
import { Transferred } from "./calls.js";

/** In the order in which a row's figures lie. */
const figureNames: readonly (keyof StatisticsFigures)[] = [
  ...sumNames,
  "latencyP50Ms",
  "latencyP95Ms",
  "latencyP99Ms",
  "timeToFirstTokenP50Ms",
  "timeToFirstTokenP95Ms",
  "timeToFirstTokenP99Ms",
];

const nameParts = 4;

/** A report as it crosses from one thread to another: thousands of objects would take a tenth of a second. */
export interface ReportMessage {
  readonly totals: StatisticsFigures;
  /** Each once. */
  readonly texts: readonly (string | null)[];
  /** Of each row the places of its group, label, split and split's label among the texts. */
  readonly names: Int32Array<ArrayBuffer>;
  /** Of each row the figures; NaN for null. */
  readonly figures: Float64Array<ArrayBuffer>;
}

export function encodeReport({ totals, rows }: StatisticsReport): Transferred<ReportMessage> {
  const places = new Map<string | null, number>();
  const placeOf = (text: string | null): number => {
    const known = places.get(text);
    if (known !== undefined) return known;
    places.set(text, places.size);
    return places.size - 1;
  };
  const names = new Int32Array(rows.length * nameParts);
  const figures = new Float64Array(rows.length * figureNames.length);
  for (const [index, row] of rows.entries()) {
    names.set([row.group, row.label, row.split, row.splitLabel].map(placeOf), index * nameParts);
    figures.set(
      figureNames.map((name) => row[name] ?? Number.NaN),
      index * figureNames.length,
    );
  }
  return new Transferred({ totals, texts: [...places.keys()], names, figures }, [names.buffer, figures.buffer]);
}

export function decodeReport({ totals, texts, names, figures }: ReportMessage): StatisticsReport {
  const rows: StatisticsRow[] = [];
  for (let start = 0; start * figureNames.length < figures.length; start += 1) {
    const nameAt = (part: number) => texts[names[start * nameParts + part] ?? 0] ?? null;
    rows.push({
      group: nameAt(0),
      label: nameAt(1),
      split: nameAt(2),
      splitLabel: nameAt(3),
      ...decodeFigures(figures, start * figureNames.length),
    });
  }
  return { totals, rows };
}

function decodeFigures(figures: Float64Array, offset: number): StatisticsFigures {
  const decoded: Record<string, number | null> = {};
  for (const [index, name] of figureNames.entries()) {
    const figure = figures[offset + index] ?? Number.NaN;
    decoded[name] = Number.isNaN(figure) ? null : figure;
  }
  return decoded as unknown as StatisticsFigures;
}
