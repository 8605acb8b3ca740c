import type { RunningContender } from "../contenders/contender.js";
import type { LoadJob, LoadResult } from "../load-job.js";
import type { Scenario } from "../scenarios.js";
import type { UpstreamCounts, UpstreamQuestion } from "../upstream-question.js";
import type { OwnProgram } from "./child-process.js";
import type { Measurement } from "./measurement.js";
import { readTreeUsage } from "./process-tree.js";

const memorySampleMs = 200;

export interface Apparatus {
  readonly upstream: OwnProgram;
  readonly load: OwnProgram;
}

/** Puts a contender under one scenario's load. Throws when an answer is wrong, unless the scenario counts failures. */
export async function measure(
  apparatus: Apparatus,
  contender: RunningContender,
  scenario: Scenario,
): Promise<Measurement> {
  const ask = <Reply>(question: UpstreamQuestion): Promise<Reply> => apparatus.upstream.ask<Reply>(question);
  await ask({ ask: "answer", form: scenario.form });
  await ask({ ask: "counts" });
  const before = contender.pid === null ? null : readTreeUsage(contender.pid);
  const memory = watchMemory(scenario.isFresh ? contender.pid : null);
  const result = await apparatus.load.ask<LoadResult>(createJob(contender, scenario));
  const peakBytes = memory.stop();
  const after = contender.pid === null ? null : readTreeUsage(contender.pid);
  const counts = await ask<UpstreamCounts>({ ask: "counts" });
  if (result.failures > 0 && !scenario.isFresh) {
    throw new Error(`${result.failures} of ${result.requests} answers are wrong: ${result.firstFailure}`);
  }
  const thousands = result.requests / 1_000;
  return {
    requestsPerSecond: result.requests / result.seconds,
    cpuSecondsPer1k: before && after && (after.cpuSeconds - before.cpuSeconds) / thousands,
    childCpuSecondsPer1k: before && after && (after.childCpuSeconds - before.childCpuSeconds) / thousands,
    firstByteMs: result.firstByteMs,
    kilobytesPerStream:
      before === null || peakBytes === null ? null : (peakBytes - before.residentBytes) / 1_000 / scenario.concurrency,
    upstreamCallsPerRequest: (counts.modelCalls + counts.controlCalls) / result.requests,
    failures: result.failures,
  };
}

function createJob({ url, paths, headers, keepsBytes }: RunningContender, scenario: Scenario): LoadJob {
  const { scripts, concurrency, staggerMs, durationMs, maxRequests } = scenario;
  return {
    origin: url,
    headers: { "content-type": "application/json", ...headers },
    scripts: scripts.map(({ protocol, bodies, expected }) => ({
      path: paths[protocol] ?? "",
      bodies,
      expected: keepsBytes ? expected : { ...expected, bytes: null },
    })),
    concurrency,
    staggerMs,
    durationMs,
    maxRequests,
  };
}

/** The largest size of the process tree until it is stopped. */
function watchMemory(pid: number | null): { stop(): number | null } {
  if (pid === null) return { stop: () => null };
  let peakBytes = 0;
  const sample = (): void => {
    peakBytes = Math.max(peakBytes, readTreeUsage(pid).residentBytes);
  };
  const timer = setInterval(sample, memorySampleMs);
  return {
    stop() {
      clearInterval(timer);
      sample();
      return peakBytes;
    },
  };
}
