import { dayMs, hourMs, hourStartMs, type RoutingStrategy } from "@copilot-llm/model";
import type { DemandPace } from "./demand-pace.js";
import type { ForecastBucket, ForecastInput } from "./forecast-input.js";

/** How one bucket fares until its next reset. */
export interface Course {
  readonly leftAtReset: number;
  readonly runsOutAtMs: number | null;
}

/** `-1`: what comes is so little that less has a chance of one in ten; `1`: so much that more has; `0`: as expected. */
export type CourseSide = -1 | 0 | 1;

interface Bucket {
  readonly id: string;
  readonly tokenCount: number;
  readonly entitlement: number;
  readonly own: Flow;
  order: number;
  left: number;
  resetAtMs: number;
  /** Units for each token in turns so far. */
  turns: number;
  runsOutAtMs: number | null;
  leftAtReset: number | null;
}

/** An hour's demand is given away in so many parts, so that buckets that are alike share it. */
const partsOfHour = 4;
const periodMs = 30 * dayMs;
const resetGrainMs = hourMs;

/** By the id of each bucket that has a reset. */
export function runCourse(input: ForecastInput, side: CourseSide): ReadonlyMap<string, Course> {
  const { nowMs, strategy, demand } = input;
  const buckets = input.buckets.map((bucket, order) => createBucket(bucket, order, nowMs, side));
  const shared = new Flow(demand, nowMs, side);
  const resets = buckets.map(({ resetAtMs }) => resetAtMs).filter(Number.isFinite);
  const endMs = Math.max(nowMs, ...resets);
  for (let atMs = nowMs; atMs < endMs; ) {
    const nextReset = Math.min(...buckets.map(({ resetAtMs }) => resetAtMs));
    const toMs = Math.min(hourStartMs(atMs) + hourMs, nextReset, endMs);
    for (const bucket of buckets) draw(bucket, bucket.own.until(toMs), atMs);
    give(buckets, shared.until(toMs), strategy, atMs);
    atMs = toMs;
    for (const bucket of buckets) if (bucket.resetAtMs <= atMs) renew(bucket);
  }
  return new Map(
    buckets.flatMap(({ id, leftAtReset, runsOutAtMs }) =>
      leftAtReset === null ? [] : [[id, { leftAtReset, runsOutAtMs }] as const],
    ),
  );
}

function createBucket(bucket: ForecastBucket, order: number, nowMs: number, side: CourseSide): Bucket {
  const { id, tokenCount, entitlement, remaining, resetAtMs, own } = bucket;
  const isKnown = resetAtMs !== null && resetAtMs > nowMs && Number.isFinite(remaining);
  return {
    id,
    tokenCount: Math.max(1, tokenCount),
    entitlement,
    own: new Flow(own, nowMs, side),
    order,
    left: remaining,
    resetAtMs: isKnown ? resetAtMs : Number.POSITIVE_INFINITY,
    turns: 0,
    runsOutAtMs: null,
    leftAtReset: null,
  };
}

/** The units of a pace as time goes on, more or less by what is uncertain of them all so far. */
class Flow {
  readonly #pace: DemandPace;
  readonly #fromMs: number;
  readonly #side: CourseSide;
  #atMs: number;
  #expected = 0;
  #given = 0;

  constructor(pace: DemandPace, nowMs: number, side: CourseSide) {
    this.#pace = pace;
    this.#fromMs = nowMs;
    this.#atMs = nowMs;
    this.#side = side;
  }

  /** Units since the last call. Both moments lie in the same hour. */
  until(toMs: number): number {
    this.#expected += this.#pace.between(this.#atMs, toMs);
    this.#atMs = toMs;
    if (this.#side === 0) {
      const units = this.#expected - this.#given;
      this.#given = this.#expected;
      return units;
    }
    const days = (toMs - this.#fromMs) / dayMs;
    const units = Math.max(0, this.#expected + this.#side * this.#pace.uncertainty(days) - this.#given);
    this.#given += units;
    return units;
  }
}

function give(buckets: readonly Bucket[], units: number, strategy: RoutingStrategy, atMs: number): void {
  if (units <= 0) return;
  for (let part = 0; part < partsOfHour; part += 1) {
    let wanted = units / partsOfHour;
    while (wanted > 0) {
      const bucket = choose(buckets, strategy, atMs);
      if (bucket === null) return;
      wanted -= draw(bucket, wanted, atMs);
    }
  }
}

function draw(bucket: Bucket, units: number, atMs: number): number {
  const taken = Math.min(units, Math.max(0, bucket.left));
  bucket.left -= taken;
  bucket.turns += taken / bucket.tokenCount;
  if (bucket.left <= 0 && taken > 0 && bucket.leftAtReset === null) bucket.runsOutAtMs ??= atMs;
  return taken;
}

/** Only its first period is told; later ones matter for what they serve. */
function renew(bucket: Bucket): void {
  bucket.leftAtReset ??= bucket.left;
  bucket.left = bucket.entitlement;
  bucket.resetAtMs += periodMs;
}

/** Lower comes first: as `select` has it. */
const preferences: Readonly<Record<RoutingStrategy, (bucket: Bucket, atMs: number) => readonly [number, number]>> = {
  round_robin: ({ turns }) => [turns, 0],
  most_remaining: (bucket, atMs) => [-abundance(bucket, atMs), 0],
  fill_first: ({ order }) => [order, 0],
  least_waste: (bucket, atMs) => [Math.floor(bucket.resetAtMs / resetGrainMs), -abundance(bucket, atMs)],
};

function choose(buckets: readonly Bucket[], strategy: RoutingStrategy, atMs: number): Bucket | null {
  const preferenceOf = preferences[strategy];
  let best: Bucket | null = null;
  let [bestFirst, bestSecond] = [0, 0];
  for (const bucket of buckets) {
    if (bucket.left <= 0) continue;
    const [first, second] = preferenceOf(bucket, atMs);
    if (best !== null && (first > bestFirst || (first === bestFirst && second >= bestSecond))) continue;
    best = bucket;
    bestFirst = first;
    bestSecond = second;
  }
  return best;
}

function abundance({ left, resetAtMs }: Bucket, atMs: number): number {
  const restMs = Number.isFinite(resetAtMs) ? resetAtMs - atMs : periodMs;
  return left / Math.max(restMs, hourMs);
}
