import { afterEach, expect, it, vi } from "vitest";
import { createFigures } from "./use-figures";

afterEach(() => vi.unstubAllGlobals());

it("writes figures as finely as their size asks for", () => {
  const figures = createFigures("en");
  expect([0, 0.12345, 12.345, 123.45, 9_999.4, 12_345].map(figures.amount)).toEqual([
    "0",
    "0.1235",
    "12.35",
    "123",
    "9,999",
    "12.3K",
  ]);
  expect([0.1234, 0.0123].map(figures.percent)).toEqual(["12%", "1.2%"]);
  expect([figures.change(0.123), figures.change(-0.5), figures.change(0)]).toEqual(["+12%", "-50%", "0%"]);
  expect([figures.dollars(0), figures.dollars(123), figures.dollars(0.17)]).toEqual(["$0.00", "$1.23", "$0.0017"]);
  expect([figures.compact(9_999), figures.compact(12_345), figures.count(12_345)]).toEqual([
    "9,999",
    "12.3K",
    "12,345",
  ]);
});

it("makes no formatter before it is used, and each once", () => {
  let made = 0;
  class CountedFormat extends Intl.NumberFormat {
    constructor(...given: ConstructorParameters<typeof Intl.NumberFormat>) {
      super(...given);
      made += 1;
    }
  }
  vi.stubGlobal("Intl", { ...Intl, NumberFormat: CountedFormat });
  const figures = createFigures("en");
  expect(made).toBe(0);
  for (let value = 0; value < 10; value += 1) figures.count(value);
  expect(made).toBe(1);
});
