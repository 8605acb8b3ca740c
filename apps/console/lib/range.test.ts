import { describe, expect, it } from "vitest";
import { bucketsOf, canBeShownBy, previousRange, resolveRange, type TimeBucket } from "./range";

const nowMs = Date.parse("2026-11-22T12:34:20Z");
const iso = (ms: number) => new Date(ms).toISOString();
const resolve = (
  range: Parameters<typeof resolveRange>[0]["range"],
  from: string | null = null,
  to: string | null = null,
) => {
  const { fromMs, toMs, bucket } = resolveRange({ range, from, to }, nowMs, "UTC");
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

  it("holds the minute that has just begun, and stays in its day until that ends", () => {
    const ends = (range: "24h" | "7d" | "month", at: string) => {
      const { fromMs, toMs } = resolveRange({ range, from: null, to: null }, Date.parse(at), "UTC");
      return [iso(fromMs), iso(toMs)];
    };
    expect(ends("24h", "2026-11-22T12:35:00Z")).toEqual(["2026-11-21T12:36:00.000Z", "2026-11-22T12:36:00.000Z"]);
    expect(ends("7d", "2026-11-22T23:59:00Z")).toEqual(["2026-11-16T00:00:00.000Z", "2026-11-23T00:00:00.000Z"]);
    expect(ends("month", "2026-11-30T23:59:00Z")).toEqual(["2026-11-01T00:00:00.000Z", "2026-12-01T00:00:00.000Z"]);
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
  const range = resolveRange({ range: "24h", from: null, to: null }, nowMs, "UTC");
  const buckets = bucketsOf(range, nowMs, "UTC");
  expect(buckets).toHaveLength(25);
  expect(buckets.map(({ isRunning }) => isRunning).lastIndexOf(true)).toBe(24);
  expect(buckets.filter(({ isRunning }) => isRunning)).toHaveLength(1);
  expect(iso(buckets[0]?.startMs ?? 0)).toBe("2026-11-21T12:00:00.000Z");
});

describe("the parts of a span", () => {
  const partsOf = (bucket: TimeBucket, from: string, to: string, timeZone: string) =>
    bucketsOf({ fromMs: Date.parse(from), toMs: Date.parse(to), bucket }, nowMs, timeZone).map((part) => [
      part.name,
      iso(part.startMs),
      (part.endMs - part.startMs) / 3_600_000,
    ]);

  it("are five minutes of the clock", () => {
    expect(partsOf("5m", "2026-11-22T12:02:00Z", "2026-11-22T12:08:00Z", "UTC").map(([name]) => name)).toEqual([
      "2026-11-22T12:00:00.000Z",
      "2026-11-22T12:05:00.000Z",
    ]);
  });

  it("are days of the reader's, which have 23 or 25 hours when clocks change", () => {
    expect(partsOf("day", "2026-03-28T12:00:00Z", "2026-03-30T12:00:00Z", "Europe/Berlin")).toEqual([
      ["2026-03-28", "2026-03-27T23:00:00.000Z", 24],
      ["2026-03-29", "2026-03-28T23:00:00.000Z", 23],
      ["2026-03-30", "2026-03-29T22:00:00.000Z", 24],
    ]);
    expect(partsOf("day", "2026-10-25T12:00:00Z", "2026-10-25T13:00:00Z", "Europe/Berlin")).toEqual([
      ["2026-10-25", "2026-10-24T22:00:00.000Z", 25],
    ]);
  });

  it("are weeks that begin on Monday, and whole months", () => {
    expect(
      partsOf("week", "2026-11-17T00:00:00Z", "2026-11-24T00:00:00Z", "Asia/Shanghai").map(([name]) => name),
    ).toEqual(["2026-11-16", "2026-11-23"]);
    expect(partsOf("month", "2026-02-28T16:30:00Z", "2026-04-01T00:00:00Z", "Asia/Shanghai")).toEqual([
      ["2026-03", "2026-02-28T16:00:00.000Z", 744],
      ["2026-04", "2026-03-31T16:00:00.000Z", 720],
    ]);
  });

  it("get longer with the span, and five minutes are offered for as long as the gateway keeps them", () => {
    const bucketOf = (from: string, to: string | null = null) => resolve("custom", from, to)[2];
    expect(bucketOf("2026-11-22T08:00:00Z")).toBe("5m");
    expect(bucketOf("2026-11-10T08:00:00Z", "2026-11-10T09:00:00Z")).toBe("hour");
    expect(bucketOf("2026-10-01T00:00:00Z")).toBe("day");
    expect(bucketOf("2026-01-01T00:00:00Z")).toBe("week");
    expect(bucketOf("2023-01-01T00:00:00Z")).toBe("month");
    const span = (hours: number) => ({ fromMs: nowMs - hours * 3_600_000, toMs: nowMs });
    expect([24, 40].map((hours) => canBeShownBy("5m", span(hours), nowMs))).toEqual([true, false]);
    expect([300, 500].map((hours) => canBeShownBy("hour", span(hours), nowMs))).toEqual([true, false]);
  });
});

it("finds the span before", () => {
  const range = resolveRange({ range: "prev-month", from: null, to: null }, nowMs, "UTC");
  expect(iso(previousRange(range).toMs)).toBe("2026-10-01T00:00:00.000Z");
});
