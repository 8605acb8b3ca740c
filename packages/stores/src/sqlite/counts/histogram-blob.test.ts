import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeHistogram, encodeHistogram, mergeHistograms } from "./histogram-blob.js";

const histogram = fc
  .dictionary(fc.integer({ min: 0, max: 200 }).map(String), fc.integer({ min: 1, max: 2 ** 40 }), { maxKeys: 30 })
  .map((counts) => new Map(Object.entries(counts).map(([bucket, count]) => [Number(bucket), count] as const)));

function toPairs(counts: ReadonlyMap<number, number>): number[] {
  return [...counts].sort(([a], [b]) => a - b).flat();
}

describe("a histogram as a blob", () => {
  it("gives back what was put in", () => {
    fc.assert(
      fc.property(histogram, (counts) => {
        const pairs = toPairs(counts);
        expect(decodeHistogram(encodeHistogram(pairs))).toEqual(pairs);
      }),
      { seed: 1 },
    );
  });

  it("is the sum of two, bucket by bucket", () => {
    fc.assert(
      fc.property(histogram, histogram, (a, b) => {
        const sum = new Map(a);
        for (const [bucket, count] of b) sum.set(bucket, (sum.get(bucket) ?? 0) + count);
        const merged = mergeHistograms(encodeHistogram(toPairs(a)), encodeHistogram(toPairs(b)));
        expect(decodeHistogram(merged)).toEqual(toPairs(sum));
      }),
      { seed: 1 },
    );
  });
});
