import { expect, it } from "vitest";
import { parseDuration } from "./parse-duration";

it("reads a time in seconds or in the unit that is given, and nothing else", () => {
  for (const [text, ms] of [
    ["45", 45_000],
    [" 1.5 s ", 1_500],
    ["0,25", 250],
    ["800ms", 800],
    ["2 min", 120_000],
    ["3 分钟", 180_000],
    ["1h", 3_600_000],
    ["", null],
    ["s", null],
    ["5 cats", null],
    ["-5", null],
    ["1e9", null],
  ] as const) {
    expect([text, parseDuration(text)]).toEqual([text, ms]);
  }
});
