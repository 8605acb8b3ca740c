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
  "outputTokensPerSecondP50",
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
    const place = index * nameParts;
    names[place] = placeOf(row.group);
    names[place + 1] = placeOf(row.label);
    names[place + 2] = placeOf(row.split);
    names[place + 3] = placeOf(row.splitLabel);
    let end = index * figureNames.length;
    for (const name of figureNames) figures[end++] = row[name] ?? Number.NaN;
  }
  return new Transferred({ totals, texts: [...places.keys()], names, figures }, [names.buffer, figures.buffer]);
}

export function decodeReport({ totals, texts, names, figures }: ReportMessage): StatisticsReport {
  const rows: StatisticsRow[] = [];
  const nameAt = (place: number) => texts[names[place] ?? 0] ?? null;
  const sumAt = (place: number) => figures[place] ?? 0;
  const middleAt = (place: number) => {
    const figure = figures[place] ?? Number.NaN;
    return Number.isNaN(figure) ? null : figure;
  };
  for (let place = 0, at = 0; at < figures.length; place += nameParts, at += figureNames.length) {
    // One by one, in the order of `figureNames`: thousands of rows put together from lists take three times as long.
    rows.push({
      group: nameAt(place),
      label: nameAt(place + 1),
      split: nameAt(place + 2),
      splitLabel: nameAt(place + 3),
      requests: sumAt(at),
      errors: sumAt(at + 1),
      aborted: sumAt(at + 2),
      inputTokens: sumAt(at + 3),
      outputTokens: sumAt(at + 4),
      cacheReadTokens: sumAt(at + 5),
      cacheWriteTokens: sumAt(at + 6),
      reasoningTokens: sumAt(at + 7),
      premiumUnits: sumAt(at + 8),
      nanoAiu: sumAt(at + 9),
      unknownUsage: sumAt(at + 10),
      batchPremiumUnits: sumAt(at + 11),
      batchNanoAiu: sumAt(at + 12),
      latencyP50Ms: middleAt(at + 13),
      latencyP95Ms: middleAt(at + 14),
      latencyP99Ms: middleAt(at + 15),
      timeToFirstTokenP50Ms: middleAt(at + 16),
      timeToFirstTokenP95Ms: middleAt(at + 17),
      timeToFirstTokenP99Ms: middleAt(at + 18),
      outputTokensPerSecondP50: middleAt(at + 19),
    });
  }
  return { totals, rows };
}
