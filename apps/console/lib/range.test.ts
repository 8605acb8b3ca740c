import { describe, expect, it } from "vitest";
import { bucketsOf, previousRange, resolveRange } from "./range";

const nowMs = Date.parse("2026-11-22T12:34:20Z");
const iso = (ms: number) => new Date(ms).toISOString();
const resolve = (
  range: Parameters<typeof resolveRange>[0]["range"],
  from: string | null = null,
  to: string | null = null,
) => {
  const { fromMs, toMs, bucket } = resolveRange({ range, from, to }, nowMs, true);
  return [iso(fromMs), iso(toMs), bucket];
};

describe("resolveRange", () => {
  it("gives whole days and months, up to the running minute", () => {
    expect(resolve("24h")).toEqual(["2026-11-21T12:35:00.000Z", "2026-11-22T12:35:00.000Z", "hour"]);
    expect(resolve("7d")).toEqual(["2026-11-16T00:00:00.000Z", "2026-11-22T12:35:00.000Z", "day"]);
    expect(resolve("30d")).toEqual(["2026-10-24T00:00:00.000Z", "2026-11-22T12:35:00.000Z", "day"]);
    expect(resolve("month")).toEqual(["2026-11-01T00:00:00.000Z", "2026-11-22T12:35:00.000Z", "day"]);
    expect(resolve("prev-month")).toEqual(["2026-10-01T00:00:00.000Z", "2026-11-01T00:00:00.000Z", "day"]);
  });

  it("takes a span of one's own, and the last day when it makes no sense", () => {
    expect(resolve("custom", "2026-11-20T00:00:00Z", "2026-11-21T06:00:00Z")).toEqual([
      "2026-11-20T00:00:00.000Z",
      "2026-11-21T06:00:00.000Z",
      "hour",
    ]);
    for (const [from, to] of [
      ["2026-11-21T06:00:00Z", "2026-11-20T00:00:00Z"],
      ["nonsense", null],
      [null, null],
    ] as const) {
      expect(resolve("custom", from, to)[0]).toBe("2026-11-21T12:35:00.000Z");
    }
  });
});

it("fills a span with its parts and marks the one that runs", () => {
  const range = resolveRange({ range: "24h", from: null, to: null }, nowMs, true);
  const buckets = bucketsOf(range, nowMs);
  expect(buckets).toHaveLength(25);
  expect(buckets.map(({ isRunning }) => isRunning).lastIndexOf(true)).toBe(24);
  expect(buckets.filter(({ isRunning }) => isRunning)).toHaveLength(1);
  expect(iso(buckets[0]?.startMs ?? 0)).toBe("2026-11-21T12:00:00.000Z");
});

it("finds the span before", () => {
  const range = resolveRange({ range: "prev-month", from: null, to: null }, nowMs, true);
  expect(iso(previousRange(range).toMs)).toBe("2026-10-01T00:00:00.000Z");
});
