import type { RequestRecord } from "@copilot-llm/model";
import { roundUnits } from "../budget/charge-sum.js";
import type { StatisticsFigures, StatisticsRow } from "../interfaces/statistics.js";
import { addToHistogram, type HistogramCounts, HistogramSum, histogramPercentiles } from "./histogram.js";
import { outputRate } from "./output-rate.js";

export const sumNames = [
  "requests",
  "errors",
  "aborted",
  "inputTokens",
  "outputTokens",
  "cacheReadTokens",
  "cacheWriteTokens",
  "reasoningTokens",
  "premiumUnits",
  "nanoAiu",
  "unknownUsage",
  "batchPremiumUnits",
  "batchNanoAiu",
] as const;

/** What one group did in one stretch of time, in the form in which it is kept: many of these are in memory. */
export interface StatisticsCell {
  /** In the order of `sumNames`. */
  readonly sums: number[];
  readonly latencies: HistogramCounts;
  readonly firstTokens: HistogramCounts;
  /** Empty also where nobody asked for them. */
  readonly outputRates: HistogramCounts;
}

/** Of fractions from the first: an array of whole numbers that gets one later makes V8 compile all that it goes through anew. */
const noSums: readonly number[] = sumNames.map(() => 0.5).fill(0);

export function createCell(): StatisticsCell {
  return { sums: noSums.slice(), latencies: [], firstTokens: [], outputRates: [] };
}

export function addRecord(cell: StatisticsCell, record: RequestRecord): void {
  const { usage } = record;
  addSums(cell.sums, [
    1,
    record.outcome === "failed" ? 1 : 0,
    record.outcome === "aborted" ? 1 : 0,
    usage?.inputTokens ?? 0,
    usage?.outputTokens ?? 0,
    usage?.cacheReadTokens ?? 0,
    usage?.cacheWriteTokens ?? 0,
    usage?.reasoningTokens ?? 0,
    record.premiumUnits,
    record.nanoAiu ?? 0,
    hasUnknownUsage(record) ? 1 : 0,
    record.batchId === undefined ? 0 : record.premiumUnits,
    record.batchId === undefined ? 0 : (record.nanoAiu ?? 0),
  ]);
  if (record.outcome !== "completed") return;
  addToHistogram(cell.latencies, record.durationMs);
  if (record.timeToFirstTokenMs !== null) addToHistogram(cell.firstTokens, record.timeToFirstTokenMs);
  const rate = outputRate(usage?.outputTokens ?? 0, record.timeToFirstTokenMs, record.durationMs);
  if (rate !== null) addToHistogram(cell.outputRates, rate);
}

/** Whether GitHub answered and did not tell the tokens. Failures have none; counting tokens is free. */
function hasUnknownUsage({ outcome, operation, tokenId, usage }: RequestRecord): boolean {
  return usage === null && tokenId !== null && outcome !== "failed" && operation !== "count_tokens";
}

/** What takes the cell off a sum again. */
export function negateCell({ sums, latencies, firstTokens, outputRates }: StatisticsCell): StatisticsCell {
  return {
    sums: sums.map((sum) => -sum),
    latencies: negateCounts(latencies),
    firstTokens: negateCounts(firstTokens),
    outputRates: negateCounts(outputRates),
  };
}

function negateCounts(counts: HistogramCounts): HistogramCounts {
  return counts.map((value, index) => (index % 2 === 0 ? value : -value));
}

interface OwnSum {
  readonly sums: number[];
  readonly latencies: HistogramSum;
  readonly firstTokens: HistogramSum;
  readonly outputRates: HistogramSum;
}

/** The sum of any number of cells. Of one, which is common, it takes no memory of its own. */
export class CellSum {
  #only: StatisticsCell | null = null;
  #sum: OwnSum | null = null;

  add(cell: StatisticsCell): this {
    if (this.#sum === null) {
      if (this.#only === null) {
        this.#only = cell;
        return this;
      }
      this.#sum = {
        sums: noSums.slice(),
        latencies: new HistogramSum(),
        firstTokens: new HistogramSum(),
        outputRates: new HistogramSum(),
      };
      addTo(this.#sum, this.#only);
    }
    addTo(this.#sum, cell);
    return this;
  }

  figures(): StatisticsFigures {
    return cellFigures(this.#cell());
  }

  row(names: RowNames): StatisticsRow {
    return cellRow(this.#cell(), names);
  }

  #cell(): StatisticsCell {
    if (this.#sum === null) return this.#only ?? createCell();
    const { sums, latencies, firstTokens, outputRates } = this.#sum;
    return {
      sums,
      latencies: latencies.counts(),
      firstTokens: firstTokens.counts(),
      outputRates: outputRates.counts(),
    };
  }
}

function addTo(sum: OwnSum, cell: StatisticsCell): void {
  addSums(sum.sums, cell.sums);
  sum.latencies.add(cell.latencies);
  sum.firstTokens.add(cell.firstTokens);
  sum.outputRates.add(cell.outputRates);
}

const toldShares = [0.5, 0.95, 0.99];

export type RowNames = Pick<StatisticsRow, "group" | "label" | "split" | "splitLabel">;

const noNames: RowNames = { group: null, label: null, split: null, splitLabel: null };

export function cellFigures(cell: StatisticsCell): StatisticsFigures {
  const { group: _group, label: _label, split: _split, splitLabel: _splitLabel, ...figures } = cellRow(cell, noNames);
  return figures;
}

function cellRow({ sums, latencies, firstTokens, outputRates }: StatisticsCell, names: RowNames): StatisticsRow {
  const latency = histogramPercentiles(latencies, toldShares);
  const firstToken = histogramPercentiles(firstTokens, toldShares);
  // By their places, which are those of `sumNames`, and with the names at once: a report has thousands of them.
  return {
    group: names.group,
    label: names.label,
    split: names.split,
    splitLabel: names.splitLabel,
    requests: sums[0] ?? 0,
    errors: sums[1] ?? 0,
    aborted: sums[2] ?? 0,
    inputTokens: sums[3] ?? 0,
    outputTokens: sums[4] ?? 0,
    cacheReadTokens: sums[5] ?? 0,
    cacheWriteTokens: sums[6] ?? 0,
    reasoningTokens: sums[7] ?? 0,
    premiumUnits: roundUnits(sums[8] ?? 0),
    nanoAiu: sums[9] ?? 0,
    unknownUsage: sums[10] ?? 0,
    batchPremiumUnits: roundUnits(sums[11] ?? 0),
    batchNanoAiu: sums[12] ?? 0,
    latencyP50Ms: latency[0] ?? null,
    latencyP95Ms: latency[1] ?? null,
    latencyP99Ms: latency[2] ?? null,
    timeToFirstTokenP50Ms: firstToken[0] ?? null,
    timeToFirstTokenP95Ms: firstToken[1] ?? null,
    timeToFirstTokenP99Ms: firstToken[2] ?? null,
    outputTokensPerSecondP50: middleRate(outputRates),
  };
}

function middleRate(outputRates: HistogramCounts): number | null {
  const [middle = null] = outputRates.length === 0 ? [] : histogramPercentiles(outputRates, [0.5]);
  return middle === null ? null : middle / 100;
}

function addSums(sums: number[], values: readonly number[]): void {
  for (let index = 0; index < sums.length; index += 1) sums[index] = (sums[index] ?? 0) + (values[index] ?? 0);
}
