import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { periodEndMs, periodStartMs } from "./budget-period.js";

const moment = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2100, 0) });

describe("budget periods", () => {
  it.each([
    ["day", "2026-06-10T23:59:59.999Z", "2026-06-10T00:00:00.000Z", "2026-06-11T00:00:00.000Z"],
    ["day", "2026-06-11T00:00:00.000Z", "2026-06-11T00:00:00.000Z", "2026-06-12T00:00:00.000Z"],
    ["day", "2024-02-28T12:00:00.000Z", "2024-02-28T00:00:00.000Z", "2024-02-29T00:00:00.000Z"],
    ["month", "2026-12-31T23:59:59.999Z", "2026-12-01T00:00:00.000Z", "2027-01-01T00:00:00.000Z"],
    ["month", "2024-02-29T00:00:00.000Z", "2024-02-01T00:00:00.000Z", "2024-03-01T00:00:00.000Z"],
  ] as const)("a %s that holds %s runs from %s to %s", (period, at, start, end) => {
    expect(periodStartMs(period, Date.parse(at))).toBe(Date.parse(start));
    expect(periodEndMs(period, Date.parse(at))).toBe(Date.parse(end));
  });

  it("a lifetime starts with time and does not end", () => {
    expect([periodStartMs("lifetime", 1), periodEndMs("lifetime", 1)]).toEqual([0, null]);
  });

  it("follow each other without gap or overlap", () => {
    fc.assert(
      fc.property(fc.constantFrom("day" as const, "month" as const), moment, (period, atMs) => {
        const startMs = periodStartMs(period, atMs);
        const endMs = periodEndMs(period, atMs) ?? 0;
        expect(startMs).toBeLessThanOrEqual(atMs);
        expect(endMs).toBeGreaterThan(atMs);
        expect(periodStartMs(period, endMs)).toBe(endMs);
        expect(periodEndMs(period, endMs - 1)).toBe(endMs);
        expect(periodStartMs(period, endMs - 1)).toBe(startMs);
      }),
    );
  });
});
