import type { RequestRecord } from "@copilot-llm/model";
import { roundUnits } from "../budget/charge-sum.js";
import type { StatisticsFigures } from "../interfaces/statistics.js";
import { addLatency, type LatencyCounts, LatencySum, latencyPercentiles } from "./latency-histogram.js";

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
  readonly latencies: LatencyCounts;
  readonly firstTokens: LatencyCounts;
}

/** Of fractions from the first: an array of whole numbers that gets one later makes V8 compile all that it goes through anew. */
const noSums: readonly number[] = sumNames.map(() => 0.5).fill(0);

export function createCell(): StatisticsCell {
  return { sums: noSums.slice(), latencies: [], firstTokens: [] };
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
  addLatency(cell.latencies, record.durationMs);
  if (record.timeToFirstTokenMs !== null) addLatency(cell.firstTokens, record.timeToFirstTokenMs);
}

/** Whether GitHub answered and did not tell the tokens. Failures have none; counting tokens is free. */
function hasUnknownUsage({ outcome, operation, tokenId, usage }: RequestRecord): boolean {
  return usage === null && tokenId !== null && outcome !== "failed" && operation !== "count_tokens";
}

interface OwnSum {
  readonly sums: number[];
  readonly latencies: LatencySum;
  readonly firstTokens: LatencySum;
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
      this.#sum = { sums: noSums.slice(), latencies: new LatencySum(), firstTokens: new LatencySum() };
      addTo(this.#sum, this.#only);
    }
    addTo(this.#sum, cell);
    return this;
  }

  figures(): StatisticsFigures {
    if (this.#sum === null) return cellFigures(this.#only ?? createCell());
    const { sums, latencies, firstTokens } = this.#sum;
    return cellFigures({ sums, latencies: latencies.counts(), firstTokens: firstTokens.counts() });
  }
}

function addTo(sum: OwnSum, cell: StatisticsCell): void {
  addSums(sum.sums, cell.sums);
  sum.latencies.add(cell.latencies);
  sum.firstTokens.add(cell.firstTokens);
}

const toldShares = [0.5, 0.95, 0.99];

export function cellFigures({ sums, latencies, firstTokens }: StatisticsCell): StatisticsFigures {
  const latency = latencyPercentiles(latencies, toldShares);
  const firstToken = latencyPercentiles(firstTokens, toldShares);
  // By their places, which are those of `sumNames`: a report has thousands of them.
  return {
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
  };
}

function addSums(sums: number[], values: readonly number[]): void {
  for (let index = 0; index < sums.length; index += 1) sums[index] = (sums[index] ?? 0) + (values[index] ?? 0);
}
