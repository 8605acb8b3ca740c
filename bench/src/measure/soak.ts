import type { Contender, Surroundings } from "../contenders/contender.js";
import type { Scenario } from "../scenarios.js";
import { type Apparatus, measure } from "./measure.js";
import { readTreeUsage } from "./process-tree.js";

/** Caches fill and code is compiled first: what grows then says nothing. */
const settlingShare = 0.3;
const sampleEveryMs = 1_000;
const sliceMs = 10_000;
const usualScenarios = ["json", "fast-streams", "messages-streams", "translated-streams"];
/** What the memory may grow by in an hour, as a share of what it is. */
const mostGrowthPerHour = 0.1;

export interface SoakPlan {
  readonly gateway: Contender;
  readonly scenarios: readonly Scenario[];
  readonly surroundings: Surroundings;
  readonly apparatus: Apparatus;
  readonly minutes: number;
  readonly report: (line: string) => void;
}

export interface SoakResult {
  readonly minutes: number;
  readonly requests: number;
  /** Of the process tree, after it had settled. */
  readonly firstBytes: number;
  readonly lastBytes: number;
  /** Of the line through all samples since. */
  readonly bytesPerHour: number;
  /** How far from that line samples lie, as a rule: a slope within its noise is none. */
  readonly noiseBytesPerHour: number;
}

interface Sample {
  readonly atMs: number;
  readonly bytes: number;
}

/** Holds a gateway under changing load for some minutes and watches its memory. */
export async function soak({
  gateway,
  scenarios,
  surroundings,
  apparatus,
  minutes,
  report,
}: SoakPlan): Promise<SoakResult> {
  const running = await gateway.start(surroundings);
  const { pid } = running;
  if (pid === null) throw new Error("There is no process to watch.");
  const samples: Sample[] = [];
  const beganAt = performance.now();
  const sample = setInterval(() => {
    samples.push({ atMs: performance.now() - beganAt, bytes: readTreeUsage(pid).residentBytes });
  }, sampleEveryMs);
  let requests = 0;
  try {
    const mix = scenarios.filter(({ id }) => usualScenarios.includes(id));
    for (let turn = 0; performance.now() - beganAt < minutes * 60_000; turn += 1) {
      const scenario = mix[turn % mix.length];
      if (scenario === undefined) throw new Error("None of the chosen scenarios is one to soak in.");
      const unlimited = { ...scenario, durationMs: sliceMs, maxRequests: Number.MAX_SAFE_INTEGER };
      const { requestsPerSecond } = await measure(apparatus, running, unlimited);
      requests += requestsPerSecond * (sliceMs / 1_000);
      report(`${Math.round((performance.now() - beganAt) / 1_000)} s: ${megabytes(samples.at(-1)?.bytes ?? 0)} MB`);
    }
  } finally {
    clearInterval(sample);
    await running.stop();
  }
  const settled = samples.slice(Math.floor(samples.length * settlingShare));
  return {
    minutes,
    requests: Math.round(requests),
    firstBytes: settled[0]?.bytes ?? Number.NaN,
    lastBytes: settled.at(-1)?.bytes ?? Number.NaN,
    ...fitLine(settled),
  };
}

export function describeSoak(result: SoakResult): string {
  const { minutes, requests, firstBytes, lastBytes, bytesPerHour, noiseBytesPerHour } = result;
  const isLevel = bytesPerHour <= Math.max(mostGrowthPerHour * firstBytes, 2 * noiseBytesPerHour);
  const slope = `${megabytes(bytesPerHour)} MB an hour (+- ${megabytes(2 * noiseBytesPerHour)})`;
  const verdict = isLevel ? "level" : "**grows**";
  return `Soak of ${minutes} minutes, about ${requests} requests: ${megabytes(firstBytes)} -> ${megabytes(lastBytes)} MB, slope ${slope}: ${verdict}`;
}

/** Least squares, with the slope's standard error. */
function fitLine(samples: readonly Sample[]): Pick<SoakResult, "bytesPerHour" | "noiseBytesPerHour"> {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const meanMs = mean(samples.map(({ atMs }) => atMs));
  const meanBytes = mean(samples.map(({ bytes }) => bytes));
  const spread = samples.reduce((sum, { atMs }) => sum + (atMs - meanMs) ** 2, 0);
  const slope = samples.reduce((sum, { atMs, bytes }) => sum + (atMs - meanMs) * (bytes - meanBytes), 0) / spread;
  const rest = samples.reduce((sum, { atMs, bytes }) => sum + (bytes - meanBytes - slope * (atMs - meanMs)) ** 2, 0);
  const error = Math.sqrt(rest / Math.max(1, samples.length - 2) / spread);
  const hourMs = 3_600_000;
  return { bytesPerHour: slope * hourMs, noiseBytesPerHour: error * hourMs };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
