/** Each bucket is 10 % wider than the one before, so that its middle is at most 5 % off. */
const growth = 1.1;
const logGrowth = Math.log(growth);
const maxBucket = 200;

/** Pairs of bucket and count, by ascending bucket: most histograms fill few buckets. */
export type LatencyCounts = number[];

export function addLatency(counts: LatencyCounts, latencyMs: number): void {
  addToBucket(counts, bucketOf(latencyMs), 1);
}

/** Adds the others to the first. */
export function addCounts(counts: LatencyCounts, others: readonly number[]): void {
  for (let index = 0; index < others.length; index += 2) {
    addToBucket(counts, others[index] ?? 0, others[index + 1] ?? 0);
  }
}

function addToBucket(counts: LatencyCounts, bucket: number, count: number): void {
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

/** The latencies that these shares of all (0 to 1, ascending) do not exceed; null when there is none. */
export function latencyPercentiles(counts: readonly number[], shares: readonly number[]): readonly (number | null)[] {
  let total = 0;
  for (let index = 1; index < counts.length; index += 2) total += counts[index] ?? 0;
  let passed = 0;
  let index = -2;
  const found: (number | null)[] = [];
  for (const share of shares) {
    const wanted = Math.max(1, Math.ceil(total * share));
    while (passed < wanted && index < counts.length) {
      index += 2;
      passed += counts[index + 1] ?? 0;
    }
    found.push(middles[counts[index] ?? -1] ?? null);
  }
  return found;
}

/** Many histograms in one. */
export class LatencySum {
  readonly #counts = new Float64Array(maxBucket + 1);

  add(counts: readonly number[]): void {
    for (let index = 0; index < counts.length; index += 2) {
      const bucket = counts[index] ?? 0;
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + (counts[index + 1] ?? 0);
    }
  }

  counts(): LatencyCounts {
    const counts: LatencyCounts = [];
    for (const [bucket, count] of this.#counts.entries()) {
      if (count > 0) counts.push(bucket, count);
    }
    return counts;
  }
}

/** Bucket 0 is up to 1 ms. */
function bucketOf(latencyMs: number): number {
  return latencyMs <= 1 ? 0 : Math.min(maxBucket, Math.ceil(Math.log(latencyMs) / logGrowth));
}

const middles = Array.from({ length: maxBucket + 1 }, (_, bucket) =>
  bucket === 0 ? 1 : Math.round(growth ** (bucket - 0.5)),
);
