import { expect, it } from "vitest";
import { backoffMs } from "./backoff.js";

it("waits twice as long at every level, up to the longest", () => {
  const waits = [0, 1, 2, 3, 4, 5_000].map((level) => backoffMs({ firstMs: 500, longestMs: 3_000 }, level));
  expect(waits).toEqual([500, 1_000, 2_000, 3_000, 3_000, 3_000]);
});
