import type { Percentiles } from "../load-job.js";

/** What one contender did in one scenario of one round. */
export interface Measurement {
  readonly requestsPerSecond: number;
  /** Of the contender's own process; null where there is none. */
  readonly cpuSecondsPer1k: number | null;
  /** Of the processes below it: the SDK runtime. */
  readonly childCpuSecondsPer1k: number | null;
  readonly firstByteMs: Percentiles;
  /** What the process tree grew by while the streams were open; null when that is not measured. */
  readonly kilobytesPerStream: number | null;
  readonly upstreamCallsPerRequest: number;
  readonly failures: number;
}

/** All rounds of one scenario, by contender. Each list holds one entry per round, in the same order. */
export type ScenarioResults = ReadonlyMap<string, readonly Measurement[]>;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
