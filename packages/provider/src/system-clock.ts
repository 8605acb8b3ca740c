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

/** Bytes are drawn in blocks: a call of the system's generator costs more than a request's few bytes are worth. */
const randomBlockBytes = 4_096;

/** The machine's own randomness; for composition roots. */
export function createSystemRandomness(): Randomness {
  const resolution = 2 ** 47;
  let block = randomBytes(randomBlockBytes);
  let used = 0;
  return {
    next: () => randomInt(resolution) / resolution,
    bytes(count) {
      if (count > randomBlockBytes) return randomBytes(count);
      if (used + count > randomBlockBytes) {
        block = randomBytes(randomBlockBytes);
        used = 0;
      }
      used += count;
      return block.subarray(used - count, used);
    },
  };
}
