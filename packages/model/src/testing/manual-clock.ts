import type { Clock } from "../clock.js";
import { type Timer, TimerHeap } from "./timer-heap.js";

/** A clock that stands still until it is moved. What is scheduled runs in order of time, then of scheduling. */
export interface ManualClock extends Clock {
  /** Moves on, and runs what falls due on the way at its time. */
  advance(durationMs: number): void;
  /** Moves to what is due next and runs it. False when nothing is scheduled. */
  step(): boolean;
  /** How many callbacks wait. */
  waiting(): number;
}

export function createManualClock(startMs = Date.UTC(2026, 0, 1)): ManualClock {
  let nowMs = startMs;
  let scheduled = 0;
  const timers = new TimerHeap();

  function runNext(untilMs: number): boolean {
    while (timers.next()?.callback === null) timers.removeNext();
    const timer = timers.next();
    if (timer === undefined || timer.atMs > untilMs) return false;
    timers.removeNext();
    nowMs = timer.atMs;
    timer.callback?.();
    return true;
  }

  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    schedule(delayMs, callback) {
      scheduled += 1;
      const timer: Timer = { atMs: nowMs + Math.max(0, delayMs), order: scheduled, callback };
      timers.add(timer);
      return () => {
        timer.callback = null;
      };
    },
    advance(durationMs) {
      const untilMs = nowMs + durationMs;
      while (runNext(untilMs));
      nowMs = untilMs;
    },
    step: () => runNext(Number.POSITIVE_INFINITY),
    waiting: () => [...timers.all()].filter(({ callback }) => callback !== null).length,
  };
}
