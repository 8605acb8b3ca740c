import type { ForecastInput } from "./forecast-input.js";
import { type Course, runCourse } from "./run-course.js";

/** Three courses of one figure: nine in ten lie above the first, one in ten above the last. */
export interface Band {
  readonly p10: number;
  readonly expected: number;
  readonly p90: number;
}

export interface BucketForecast {
  readonly id: string;
  readonly usedAtReset: Band;
  /** Of the entitlement, what nobody will have used at the reset. */
  readonly waste: Band;
  /** When nothing is left, where that is before the reset. */
  readonly runsOutAtMs: number | null;
}

/**
 * What will be used of each bucket until its next reset: the demand of the coming hours, as the last weeks were, is given
 * to the buckets in the order of the strategy, after what only one of them can serve. Buckets without an end of their
 * period take their part of the demand and have no forecast.
 */
export function forecastQuotas(input: ForecastInput): readonly BucketForecast[] {
  const [low, expected, high] = ([-1, 0, 1] as const).map((course) => runCourse(input, course)) as [
    ReadonlyMap<string, Course>,
    ReadonlyMap<string, Course>,
    ReadonlyMap<string, Course>,
  ];
  return input.buckets.flatMap(({ id, entitlement, remaining }) => {
    const course = expected.get(id);
    if (course === undefined) return [];
    const lefts = [low, expected, high].map((one) => one.get(id)?.leftAtReset ?? course.leftAtReset).sort(descending);
    const [most = 0, middle = 0, least = 0] = lefts;
    const used = (left: number): number => entitlement - left;
    const lost = (left: number): number => Math.max(0, left);
    return [
      {
        id,
        usedAtReset: { p10: used(most), expected: used(middle), p90: used(least) },
        waste: { p10: lost(least), expected: lost(middle), p90: lost(most) },
        runsOutAtMs: remaining <= 0 ? input.nowMs : course.runsOutAtMs,
      },
    ];
  });
}

/** Units that all buckets together will lose at their next resets when tokens are chosen by the strategy. */
export function forecastWaste(input: ForecastInput): number {
  let lost = 0;
  for (const { leftAtReset } of runCourse(input, 0).values()) lost += Math.max(0, leftAtReset);
  return lost;
}

function descending(one: number, other: number): number {
  return other - one;
}
