import { describe, expect, it } from "vitest";
import { leastPossibleWaste } from "./least-possible-waste.js";

const period = (units: number, fromMs: number, resetAtMs: number) => ({ units, fromMs, resetAtMs });
const demand = (atMs: number, units: number) => ({ atMs, units });

describe("what even an oracle loses", () => {
  it("is nothing when what ends first can be used up first", () => {
    const periods = [period(10, 0, 100), period(5, 0, 50)];
    expect(leastPossibleWaste(periods, [demand(60, 10), demand(10, 5)], 100)).toBe(0);
  });

  it("is what nobody asks for in time", () => {
    const periods = [period(10, 0, 50), period(10, 0, 100)];
    expect(leastPossibleWaste(periods, [demand(10, 4), demand(50, 20)], 100)).toBe(0.3);
  });

  it("splits what one period cannot pay", () => {
    expect(leastPossibleWaste([period(3, 0, 50), period(3, 0, 100)], [demand(1, 4)], 100)).toBeCloseTo(2 / 6);
  });

  it("does not count what is there beyond the end, nor use what is not there yet", () => {
    const periods = [period(10, 0, 100), period(10, 100, 200)];
    expect(leastPossibleWaste(periods, [demand(99, 15), demand(150, 5)], 100)).toBe(0);
    expect(leastPossibleWaste(periods, [demand(99, 15), demand(150, 5)], 200)).toBe(0.25);
  });

  it.each([1, 2, 3])("is no more than any other order of use loses: %i", (seed) => {
    const units = (index: number) => ((seed * 7 + index * 5) % 9) + 1;
    const periods = [0, 1, 2, 3].map((index) => period(units(index), 0, 20 * (((index * seed) % 4) + 1)));
    const demands = [3, 17, 22, 38, 41, 59, 63].map((atMs, index) => demand(atMs, units(index + 4) / 2));
    const least = leastPossibleWaste(periods, demands, 100);
    for (const order of ["size", "reset", "reverse"] as const) {
      const left = periods.map((one) => ({ ...one, left: one.units }));
      const rank = {
        size: (a: (typeof left)[number]) => -a.left,
        reset: (a: (typeof left)[number]) => a.resetAtMs,
        reverse: (a: (typeof left)[number]) => -a.resetAtMs,
      }[order];
      for (const { atMs, units: wanted } of demands) {
        const [first] = left
          .filter((one) => one.resetAtMs > atMs && one.left >= wanted)
          .sort((a, b) => rank(a) - rank(b));
        if (first !== undefined) first.left -= wanted;
      }
      const lost = left.reduce((sum, one) => sum + one.left, 0) / left.reduce((sum, one) => sum + one.units, 0);
      expect(least).toBeLessThanOrEqual(lost + 1e-9);
    }
  });
});
