import type { Clock } from "../clock.js";

/** A clock that stands still until it is moved. What is scheduled runs in order of time, then of scheduling. */
export interface ManualClock extends Clock {
  /** Moves on, and runs what falls due on the way at its time. */
  advance(durationMs: number): void;
  /** Moves to what is due next and runs it. False when nothing is scheduled. */
  step(): boolean;
  /** How many callbacks wait. */
  waiting(): number;
}

interface Timer {
  readonly atMs: number;
  /** Null: cancelled. */
  callback: (() => void) | null;
}

export function createManualClock(startMs = Date.UTC(2026, 0, 1)): ManualClock {
  let nowMs = startMs;
  const timers: Timer[] = [];

  function runNext(untilMs: number): boolean {
    while (timers[0]?.callback === null) timers.shift();
    const [timer] = timers;
    if (timer === undefined || timer.atMs > untilMs) return false;
    timers.shift();
    nowMs = timer.atMs;
    timer.callback?.();
    return true;
  }

  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs,
    schedule(delayMs, callback) {
      const timer: Timer = { atMs: nowMs + Math.max(0, delayMs), callback };
      timers.splice(countUntil(timers, timer.atMs), 0, timer);
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
    waiting: () => timers.filter(({ callback }) => callback !== null).length,
  };
}

/** How many of the sorted timers are due at the time or before. By halving: simulations schedule a great many. */
function countUntil(timers: readonly Timer[], atMs: number): number {
  let low = 0;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((timers[middle]?.atMs ?? 0) <= atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
