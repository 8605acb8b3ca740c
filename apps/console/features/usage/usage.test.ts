import { describe, expect, it } from "vitest";
import { createStatsRow } from "../../testing/fixtures";
import { accumulate } from "./accumulate";
import { createHeatMap } from "./create-heat-map";
import { createCycles } from "./cycles";

it("adds up what came before, with nothing as nothing", () => {
  const data = { buckets: [], series: [{ id: "a", label: "A", values: [1, null, 2] }] };
  expect(accumulate(data).series[0]?.values).toEqual([1, 1, 3]);
});

it("sums by weekday and hour, Monday first", () => {
  const rows = [
    createStatsRow({ group: "2026-11-23T09:00:00.000Z", requests: 2 }),
    createStatsRow({ group: "2026-11-30T09:00:00.000Z", requests: 3 }),
    createStatsRow({ group: "2026-11-29T23:00:00.000Z", requests: 1 }),
  ];
  const map = createHeatMap(rows, "requests", true);
  expect(map[0]?.[9]).toBe(5);
  expect(map[6]?.[23]).toBe(1);
  expect(map.flat().reduce((sum, value) => sum + value, 0)).toBe(6);
});

describe("createCycles", () => {
  const token = {
    id: "tok_1",
    alias: "Ada",
    enabled: true,
    unit: "premium_requests" as const,
    premium_quota_limit: 300,
    premium_quota_used: 150,
    premium_quota_reset: "2026-12-01T00:00:00Z",
  };

  it("tells what was used here from what was used elsewhere", () => {
    const rows = [createStatsRow({ group: "tok_1", premium_units: 100 })];
    const nowMs = Date.parse("2026-11-16T00:00:00Z");
    expect(createCycles([token], rows, nowMs)).toMatchObject([
      { alias: "Ada", limit: 300, used: 150, here: 100, elsewhere: 50, left: 150, lost: 0 },
    ]);
  });

  it("counts credits as credits, and nothing elsewhere where GitHub's figure lags", () => {
    const rows = [createStatsRow({ group: "tok_1", nano_aiu: 2e9, premium_units: 7 })];
    const credits = { ...token, unit: "credits" as const, premium_quota_used: 1 };
    expect(createCycles([credits], rows, 0)).toMatchObject([{ unit: "credits", here: 2, elsewhere: 0 }]);
  });

  it("leaves out what has no quota", () => {
    expect(createCycles([{ ...token, premium_quota_limit: null }], [], 0)).toEqual([]);
  });
});
