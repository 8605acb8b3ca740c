import { describe, expect, it } from "vitest";
import { createStatsRow } from "../../testing/fixtures";
import { createOutcomeSeries, createSeries } from "./create-series";

const hourMs = 3_600_000;
const buckets = [0, 1, 2].map((index) => ({
  name: new Date(index * hourMs).toISOString(),
  startMs: index * hourMs,
  endMs: (index + 1) * hourMs,
  isRunning: false,
}));
const hour = (index: number) => new Date(index * hourMs).toISOString();
const labels = { label: "All", otherLabel: "Other", unknownLabel: "Unknown" };

describe("createSeries", () => {
  it("fills hours without requests with zero, and rates of nothing with nothing", () => {
    const rows = [createStatsRow({ group: hour(1), requests: 4, errors: 1 })];
    expect(createSeries({ buckets, rows, isSplit: false, metric: "requests", ...labels }).series).toMatchObject([
      { label: "All", values: [0, 4, 0] },
    ]);
    expect(createSeries({ buckets, rows, isSplit: false, metric: "errorRate", ...labels }).series).toMatchObject([
      { values: [null, 0.25, null] },
    ]);
  });

  it("makes a series of each part, the largest first, and sums up the rest", () => {
    const rows = Array.from({ length: 9 }, (_value, index) => ({
      ...createStatsRow({ group: hour(0), requests: index + 1 }),
      split: index === 0 ? null : `model-${index}`,
      split_label: index === 0 ? null : `Model ${index}`,
    }));
    const { series } = createSeries({ buckets, rows, isSplit: true, metric: "requests", ...labels });
    expect(series.map(({ label }) => label)).toEqual([
      ...[8, 7, 6, 5, 4, 3, 2].map((index) => `Model ${index}`),
      "Other",
    ]);
    expect(series.at(-1)?.values).toEqual([3, 0, 0]);
  });

  it("counts credits in credits", () => {
    const rows = [createStatsRow({ group: hour(0), nano_aiu: 2_500_000_000 })];
    expect(createSeries({ buckets, rows, isSplit: false, metric: "credits", ...labels }).series[0]?.values[0]).toBe(
      2.5,
    );
  });
});

it("shows failed requests apart", () => {
  const rows = [createStatsRow({ group: hour(2), requests: 5, errors: 2 })];
  expect(createOutcomeSeries(buckets, rows, { completed: "ok", failed: "failed" }).series).toMatchObject([
    { values: [0, 0, 3] },
    { values: [0, 0, 2], look: "danger" },
  ]);
});
