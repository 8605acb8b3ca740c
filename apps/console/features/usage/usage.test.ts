import { expect, it } from "vitest";
import { createStatsRow } from "../../testing/fixtures";
import { accumulate } from "./accumulate";
import { createHeatMap } from "./create-heat-map";

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
