import type { StatsAnswer } from "#lib/api/use-stats";
import { type Bucket, bucketsOf, type ResolvedRange, type TimeBucket, timeBuckets } from "#lib/range";

export interface AnswerTime {
  span: ResolvedRange & { timeZone: string };
  buckets: readonly Bucket[];
}

/**
 * The parts of time that an answer has rows for. They are not always those that are wanted by now: an old answer stands
 * until the new one is there, and by the names of another grouping none of its rows would be found.
 */
export function timeOfAnswer({ asked }: Pick<StatsAnswer, "asked">, nowMs: number): AnswerTime {
  const { fromMs, toMs, groupBy, splitBy, timeZone = "UTC" } = asked;
  const bucket = [groupBy, splitBy].find(isTime) ?? "day";
  return {
    span: { fromMs, toMs, bucket, timeZone },
    buckets: bucketsOf({ fromMs, toMs, bucket }, nowMs, timeZone),
  };
}

function isTime(grouping: string | undefined): grouping is TimeBucket {
  return timeBuckets.some((bucket) => bucket === grouping);
}
