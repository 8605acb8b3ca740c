import type { RequestRecord } from "@copilot-llm/model";
import * as z from "zod";
import type { StatisticsFigures } from "../../statistics.js";
import { roundUnits } from "../ledger/charge-sum.js";
import {
  addLatencies,
  addLatency,
  type LatencyCounts,
  latencyCountsSchema,
  latencyPercentile,
} from "./latency-histogram.js";

const sums = [
  "requests",
  "errors",
  "inputTokens",
  "outputTokens",
  "cacheReadTokens",
  "cacheWriteTokens",
  "reasoningTokens",
  "premiumUnits",
  "nanoAiu",
] as const;

/** The sums in their order, then the histograms of latency and of time to first token. */
export const cellSchema = z.tuple([z.array(z.number()).length(sums.length), latencyCountsSchema, latencyCountsSchema]);

export type StoredCell = z.infer<typeof cellSchema>;

/** What one group did in one stretch of time. */
export class StatisticsCell {
  readonly #sums: number[] = sums.map(() => 0);
  readonly #latencies: LatencyCounts = [];
  readonly #firstTokens: LatencyCounts = [];

  addRecord(record: RequestRecord): void {
    const { usage } = record;
    this.#addSums([
      1,
      record.outcome === "failed" ? 1 : 0,
      usage?.inputTokens ?? 0,
      usage?.outputTokens ?? 0,
      usage?.cacheReadTokens ?? 0,
      usage?.cacheWriteTokens ?? 0,
      usage?.reasoningTokens ?? 0,
      record.premiumUnits,
      record.nanoAiu ?? 0,
    ]);
    if (record.outcome !== "completed") return;
    addLatency(this.#latencies, record.durationMs);
    if (record.timeToFirstTokenMs !== null) addLatency(this.#firstTokens, record.timeToFirstTokenMs);
  }

  addCell(cell: StatisticsCell): void {
    this.#addSums(cell.#sums);
    addLatencies(this.#latencies, cell.#latencies);
    addLatencies(this.#firstTokens, cell.#firstTokens);
  }

  figures(): StatisticsFigures {
    const at = (name: (typeof sums)[number]) => this.#sums[sums.indexOf(name)] ?? 0;
    return {
      requests: at("requests"),
      errors: at("errors"),
      inputTokens: at("inputTokens"),
      outputTokens: at("outputTokens"),
      cacheReadTokens: at("cacheReadTokens"),
      cacheWriteTokens: at("cacheWriteTokens"),
      reasoningTokens: at("reasoningTokens"),
      premiumUnits: roundUnits(at("premiumUnits")),
      nanoAiu: at("nanoAiu"),
      latencyP50Ms: latencyPercentile(this.#latencies, 0.5),
      latencyP95Ms: latencyPercentile(this.#latencies, 0.95),
      timeToFirstTokenP50Ms: latencyPercentile(this.#firstTokens, 0.5),
    };
  }

  toStored(): StoredCell {
    return [this.#sums, this.#latencies, this.#firstTokens];
  }

  static fromStored([stored, latencies, firstTokens]: StoredCell): StatisticsCell {
    const cell = new StatisticsCell();
    cell.#addSums(stored);
    addLatencies(cell.#latencies, latencies);
    addLatencies(cell.#firstTokens, firstTokens);
    return cell;
  }

  #addSums(values: readonly number[]): void {
    for (let index = 0; index < sums.length; index += 1) {
      this.#sums[index] = (this.#sums[index] ?? 0) + (values[index] ?? 0);
    }
  }
}
