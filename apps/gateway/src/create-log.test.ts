import { expect, it } from "vitest";
import { createTimestamp } from "./create-log.js";

it("tells the time of a line as a date's own text, also where minutes, hours and years meet", () => {
  let nowMs = Date.UTC(2026, 11, 31, 23, 58, 59, 994);
  const timestamp = createTimestamp(() => nowMs);
  for (const steps of [1, 4, 1, 995, 9_000, 50_000, 1, 999, 3_600_000, 7]) {
    nowMs += steps;
    expect(timestamp()).toBe(`,"time":"${new Date(nowMs).toISOString()}"`);
  }
  nowMs -= 60_000;
  expect(timestamp()).toBe(`,"time":"${new Date(nowMs).toISOString()}"`);
});
