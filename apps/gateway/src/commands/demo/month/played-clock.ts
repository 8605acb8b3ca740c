import { performance } from "node:perf_hooks";
import type { Clock } from "@copilot-llm/model";
import { createSystemClock } from "@copilot-llm/provider";

/** A clock that stands where it is set; durations are real ones, stretched. */
export interface PlayedClock extends Clock {
  /** From now on it is `nowMs`, and a real millisecond counts as `stretch`. */
  set(nowMs: number, stretch: number): void;
}

/** For playing a past: one request after the other, each in its own time. Waiting takes real time. */
export function createPlayedClock(startMs: number): PlayedClock {
  let setAt = performance.now();
  let wallMs = startMs;
  let monotonicMs = 0;
  let stretch = 1;
  const passedMs = (): number => (performance.now() - setAt) * stretch;
  return {
    nowMs: () => Math.round(wallMs + passedMs()),
    monotonicMs: () => monotonicMs + passedMs(),
    schedule: createSystemClock().schedule,
    set(nowMs, nextStretch) {
      monotonicMs += passedMs();
      setAt = performance.now();
      wallMs = nowMs;
      stretch = nextStretch;
    },
  };
}
