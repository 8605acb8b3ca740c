import { expect, it } from "vitest";
import { dayMs, hourMs, minuteMs } from "./time-units";

const sources = import.meta.glob<string>("../{app,components,features,lib}/**/*.{ts,tsx}", {
  query: "?raw",
  import: "default",
  eager: true,
});

it("are what a minute, an hour and a day have", () => {
  expect([minuteMs, hourMs, dayMs]).toEqual([60_000, 3_600_000, 86_400_000]);
});

it("stand in one place, as the unit of what is billed does", () => {
  const places = (name: string) =>
    Object.entries(sources)
      .filter(([path, code]) => !path.includes(".test.") && new RegExp(`const ${name} =`, "u").test(code))
      .map(([path]) => path);
  for (const unit of ["minuteMs", "hourMs", "dayMs"]) expect(places(unit), unit).toEqual(["./time-units.ts"]);
  expect(places("nanoAiuPerCredit")).toEqual(["./use-figures.ts"]);
  const written = /(?<![\d_.])(?:3_600_000|86_400_000)(?![\d_])/u;
  expect(Object.keys(sources).filter((path) => !path.includes(".test.") && written.test(sources[path] ?? ""))).toEqual(
    [],
  );
});
