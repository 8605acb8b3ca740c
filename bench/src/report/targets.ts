import { type Measurement, median, type ScenarioResults } from "../measure/measurement.js";

/** A bound that the gateway is to keep, on the median over the rounds of a figure that compares within each round. */
export interface Target {
  readonly scenario: string;
  readonly title: string;
  /** Null: the gateway alone. */
  readonly against: string | null;
  readonly bound: { readonly atMost: number } | { readonly atLeast: number };
  readonly unit: "x" | "ms" | "kB" | "calls" | "";
  readonly figure: (gateway: Measurement, other: Measurement) => number;
}

export interface Verdict {
  readonly target: Target;
  /** Null: the other contender did not take part. */
  readonly value: number | null;
  readonly isMet: boolean;
}

const cpuRatio = (gateway: Measurement, other: Measurement): number => treeCpu(gateway) / treeCpu(other);
const rateRatio = (gateway: Measurement, other: Measurement): number =>
  gateway.requestsPerSecond / other.requestsPerSecond;

export const targets: readonly Target[] = [
  cpuTarget("json", "hono-proxy", 2.2),
  { scenario: "json", title: "requests/s", against: "portkey", bound: { atLeast: 8 }, unit: "x", figure: rateRatio },
  cpuTarget("fast-streams", "hono-proxy", 1.4),
  cpuTarget("fast-streams", "portkey", 0.3),
  {
    scenario: "paced-streams",
    title: "first byte, p50, added",
    against: "direct",
    bound: { atMost: 0.7 },
    unit: "ms",
    figure: (gateway, other) => gateway.firstByteMs.p50 - other.firstByteMs.p50,
  },
  {
    scenario: "paced-streams",
    title: "first byte, p99, added",
    against: "direct",
    bound: { atMost: 4 },
    unit: "ms",
    figure: (gateway, other) => gateway.firstByteMs.p99 - other.firstByteMs.p99,
  },
  cpuTarget("paced-streams", "hono-proxy", 1.4),
  cpuTarget("large-prompt", "hono-proxy", 0.8),
  cpuTarget("large-prompt", "portkey", 0.22),
  {
    scenario: "slow-streams",
    title: "streams that fail",
    against: null,
    bound: { atMost: 0 },
    unit: "",
    figure: ({ failures }) => failures,
  },
  {
    scenario: "slow-streams",
    title: "memory per stream",
    against: null,
    bound: { atMost: 110 },
    unit: "kB",
    figure: ({ kilobytesPerStream }) => kilobytesPerStream ?? Number.NaN,
  },
  {
    scenario: "slow-streams",
    title: "first byte, p50",
    against: null,
    bound: { atMost: 60 },
    unit: "ms",
    figure: ({ firstByteMs }) => firstByteMs.p50,
  },
  {
    scenario: "slow-streams",
    title: "first byte, p99",
    against: null,
    bound: { atMost: 250 },
    unit: "ms",
    figure: ({ firstByteMs }) => firstByteMs.p99,
  },
  cpuTarget("agents", "hono-proxy", 1.3),
  {
    scenario: "json",
    title: "CPU of one that has been used for long",
    against: "full-gateway",
    bound: { atMost: 1.1 },
    unit: "x",
    figure: (gateway, full) => treeCpu(full) / treeCpu(gateway),
  },
  cpuTarget("json", "other-gateway", 0.55),
  cpuTarget("fast-streams", "other-gateway", 0.7),
  cpuTarget("messages-streams", "hono-proxy", 1.5),
  cpuTarget("translated-streams", "bare-translator", 1.5),
  cpuTarget("translated-streams", "copilot-api", 0.35),
  {
    scenario: "sessions",
    title: "requests/s",
    against: "sdk-sessions",
    bound: { atLeast: 60 },
    unit: "x",
    figure: rateRatio,
  },
  cpuTarget("sessions", "sdk-sessions", 0.01),
  {
    scenario: "sessions",
    title: "upstream calls per request",
    against: null,
    bound: { atMost: 1 },
    unit: "calls",
    figure: ({ upstreamCallsPerRequest }) => upstreamCallsPerRequest,
  },
];

export function judge(target: Target, results: ReadonlyMap<string, ScenarioResults>): Verdict {
  const measured = results.get(target.scenario);
  const own = measured?.get("gateway") ?? [];
  const others = measured?.get(target.against ?? "gateway") ?? [];
  const values = own.flatMap((gateway, round) => {
    const other = others[round];
    return other === undefined ? [] : [target.figure(gateway, other)];
  });
  if (values.length === 0) return { target, value: null, isMet: false };
  const value = median(values);
  const isMet = "atMost" in target.bound ? value <= target.bound.atMost : value >= target.bound.atLeast;
  return { target, value, isMet };
}

export function treeCpu({ cpuSecondsPer1k, childCpuSecondsPer1k }: Measurement): number {
  return (cpuSecondsPer1k ?? Number.NaN) + (childCpuSecondsPer1k ?? 0);
}

function cpuTarget(scenario: string, against: string, atMost: number): Target {
  return { scenario, title: "CPU", against, bound: { atMost }, unit: "x", figure: cpuRatio };
}
