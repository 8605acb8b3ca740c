import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { assignColors, maxSeries } from "./series-colors";

it("gives every series a colour of its own, whatever their order", () => {
  const ids = ["gpt-5-mini", "claude-sonnet-4.6", "gemini-2.5-pro", "gpt-4.1", "gpt-5.4", "a", "b"];
  const colors = assignColors(ids);
  expect(new Set(colors.values()).size).toBe(ids.length);
  expect(assignColors([...ids].reverse())).toEqual(colors);
});

it("takes no colour for a series that could be read as the red of failures, in either theme", () => {
  const css = readFileSync(path.join(import.meta.dirname, "../../app/globals.css"), "utf8");
  const colors = (name: string) =>
    [...css.matchAll(new RegExp(`--${name}: (#[0-9a-f]{6});`, "gu"))].map(([, hex]) => hex);
  const reds = colors("danger");
  expect(reds).toHaveLength(2);
  const tooRed = Array.from({ length: maxSeries }, (_item, index) => `series-${index + 1}`).flatMap((name) =>
    colors(name).filter((hex, theme) => {
      const distance = Math.abs(hueOf(hex ?? "") - hueOf(reds[theme] ?? ""));
      return Math.min(distance, 360 - distance) < 20;
    }),
  );
  expect(tooRed).toEqual([]);
});

/** Where a colour lies on the wheel, in degrees. */
function hueOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16));
  return ((Math.atan2(Math.sqrt(3) * (green - blue), 2 * red - green - blue) * 180) / Math.PI + 360) % 360;
}
