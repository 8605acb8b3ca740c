import { randomBytes, randomInt } from "node:crypto";
import { performance } from "node:perf_hooks";
import type { Clock, Randomness } from "@copilot-llm/model";

/** The machine's own time; for composition roots. */
export function createSystemClock(): Clock {
  return {
    nowMs: () => Date.now(),
    monotonicMs: () => performance.now(),
    schedule(delayMs, callback) {
      const timer = setTimeout(callback, delayMs);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}

/** The machine's own randomness; for composition roots. */
export function createSystemRandomness(): Randomness {
  const resolution = 2 ** 47;
  return {
    next: () => randomInt(resolution) / resolution,
    bytes: (count) => randomBytes(count),
  };
}
