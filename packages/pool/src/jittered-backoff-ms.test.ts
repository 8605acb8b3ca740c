import fc from "fast-check";
import { expect, it } from "vitest";
import { createSeededRandomness } from "../testing/seeded-randomness.js";
import { jitteredBackoffMs } from "./jittered-backoff-ms.js";

it("doubles with every level, stays within its bound and never falls below half", () => {
  fc.assert(
    fc.property(fc.integer(), fc.nat(2_000), (seed, level) => {
      const policy = { firstMs: 1_000, longestMs: 60_000 };
      const waitMs = jitteredBackoffMs(policy, level, createSeededRandomness(seed));
      const ceilingMs = Math.min(60_000, 1_000 * 2 ** level);
      expect(waitMs).toBeGreaterThanOrEqual(ceilingMs / 2);
      expect(waitMs).toBeLessThanOrEqual(ceilingMs);
    }),
  );
});

it("differs from token to token", () => {
  const randomness = createSeededRandomness(1);
  const waits = Array.from({ length: 20 }, () =>
    jitteredBackoffMs({ firstMs: 60_000, longestMs: 60_000 }, 0, randomness),
  );
  expect(new Set(waits).size).toBeGreaterThan(15);
});
