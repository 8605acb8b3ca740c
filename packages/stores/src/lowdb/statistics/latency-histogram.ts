import * as z from "zod";

/** Each bucket is 5 % wider than the one before, so that its middle is at most 2.5 % off. */
const growth = 1.05;
const logGrowth = Math.log(growth);
const maxBucket = 400;

/** Pairs of bucket and count, by ascending bucket: most histograms fill few buckets. */
export const latencyCountsSchema = z.array(z.number());

export type LatencyCounts = number[];

export function addLatency(counts: LatencyCounts, latencyMs: number): void {
  addCount(counts, bucketOf(latencyMs), 1);
}

export function addLatencies(counts: LatencyCounts, other: readonly number[]): void {
  for (let index = 0; index < other.length; index += 2) addCount(counts, other[index] ?? 0, other[index + 1] ?? 0);
}

/** The latency that `share` of all (0 to 1) do not exceed; null when there is none. */
export function latencyPercentile(counts: readonly number[], share: number): number | null {
  let total = 0;
  for (let index = 1; index < counts.length; index += 2) total += counts[index] ?? 0;
  if (total === 0) return null;
  let rest = Math.max(1, Math.ceil(total * share));
  for (let index = 0; index < counts.length; index += 2) {
    rest -= counts[index + 1] ?? 0;
    if (rest <= 0) return middleOf(counts[index] ?? 0);
  }
  return null;
}

function addCount(counts: LatencyCounts, bucket: number, count: number): void {
  let low = 0;
  let high = counts.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((counts[2 * middle] ?? 0) < bucket) low = middle + 1;
    else high = middle;
  }
  if (counts[2 * low] === bucket) counts[2 * low + 1] = (counts[2 * low + 1] ?? 0) + count;
  else counts.splice(2 * low, 0, bucket, count);
}

/** Bucket 0 is up to 1 ms. */
function bucketOf(latencyMs: number): number {
  return latencyMs <= 1 ? 0 : Math.min(maxBucket, Math.ceil(Math.log(latencyMs) / logGrowth));
}

function middleOf(bucket: number): number {
  return bucket === 0 ? 1 : Math.round(growth ** (bucket - 0.5));
}
