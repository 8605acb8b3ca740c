import { expect, it } from "vitest";
import { encodeChartCsv, maxOf, readTicks } from "./chart-data";

const buckets = [0, 1].map((index) => ({
  name: "",
  startMs: index * 3_600_000,
  endMs: (index + 1) * 3_600_000,
  isRunning: false,
}));
const data = {
  buckets,
  series: [
    { id: "a", label: "=SUM(A1)", values: [1, null] },
    { id: "b", label: 'b "x"', values: [2, 5] },
  ],
};

it("finds the top of stacked bars and of lines", () => {
  expect(maxOf(data, true)).toBe(5);
  expect(maxOf({ ...data, series: [{ id: "a", label: "a", values: [4, 5] }, ...data.series] }, true)).toBe(10);
  expect(maxOf(data, false)).toBe(5);
});

it("has no halves on the scale of a count, and keeps them on that of an amount", () => {
  expect(readTicks([0, 0.5, 1], data)).toEqual([0, 1]);
  expect(readTicks([0, 0.5, 1], { ...data, series: [{ id: "a", label: "a", values: [0.25, null] }] })).toEqual([
    0, 0.5, 1,
  ]);
});

it("writes what spreadsheets read, without formulas", () => {
  expect(encodeChartCsv(data, "time")).toBe(
    ['time,\'=SUM(A1),"b ""x"""', "1970-01-01T00:00:00.000Z,1,2", "1970-01-01T01:00:00.000Z,,5"]
      .join("\r\n")
      .concat("\r\n"),
  );
});
