import { expect, it } from "vitest";
import { createPlayedClock } from "./played-clock.js";

it("stands where it was set, and its durations never go back", () => {
  const clock = createPlayedClock(1_000_000);
  const first = clock.monotonicMs();
  clock.set(500_000, 100);
  expect(clock.nowMs()).toBeGreaterThanOrEqual(500_000);
  expect(clock.nowMs()).toBeLessThan(1_000_000);
  const second = clock.monotonicMs();
  clock.set(600_000, 1);
  expect(second).toBeGreaterThanOrEqual(first);
  expect(clock.monotonicMs()).toBeGreaterThanOrEqual(second);
});
