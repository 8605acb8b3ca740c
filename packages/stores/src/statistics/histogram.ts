/** Each bucket is 10 % wider than the one before, so that its middle is at most 5 % off. */
const growth = 1.1;
const logGrowth = Math.log(growth);
const maxBucket = 200;

/** Pairs of bucket and count, by ascending bucket: most histograms fill few buckets. */
export type HistogramCounts = number[];

export function addToHistogram(counts: HistogramCounts, value: number): void {
  addToBucket(counts, bucketOf(value), 1);
}

/** Adds the others to the first. */
export function addCounts(counts: HistogramCounts, others: readonly number[]): void {
  for (let index = 0; index < others.length; index += 2) {
    addToBucket(counts, others[index] ?? 0, others[index + 1] ?? 0);
  }
}

function addToBucket(counts: HistogramCounts, bucket: number, count: number): void {
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

/** The values that these shares of all (0 to 1, ascending) do not exceed; null when there is none. */
export function histogramPercentiles(counts: readonly number[], shares: readonly number[]): readonly (number | null)[] {
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
export class HistogramSum {
  /** Null while it is empty, as some stay. */
  #counts: Float64Array | null = null;

  add(counts: readonly number[]): void {
    if (counts.length === 0) return;
    this.#counts ??= new Float64Array(maxBucket + 1);
    for (let index = 0; index < counts.length; index += 2) {
      const bucket = counts[index] ?? 0;
      this.#counts[bucket] = (this.#counts[bucket] ?? 0) + (counts[index + 1] ?? 0);
    }
  }

  counts(): HistogramCounts {
    const counts: HistogramCounts = [];
    for (const [bucket, count] of this.#counts?.entries() ?? []) {
      if (count > 0) counts.push(bucket, count);
    }
    return counts;
  }
}

/** Bucket 0 is up to 1. */
function bucketOf(value: number): number {
  return value <= 1 ? 0 : Math.min(maxBucket, Math.ceil(Math.log(value) / logGrowth));
}

const middles = Array.from({ length: maxBucket + 1 }, (_, bucket) =>
  bucket === 0 ? 1 : Math.round(growth ** (bucket - 0.5)),
);
