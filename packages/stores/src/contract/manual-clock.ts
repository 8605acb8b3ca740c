import type { ManualClock } from "./test-api.js";

/** Due callbacks run within `advance`, in order of time. */
export function createManualClock(startMs: number): ManualClock {
  let nowMs = startMs;
  let scheduled: { readonly atMs: number; readonly callback: () => void }[] = [];
  return {
    nowMs: () => nowMs,
    monotonicMs: () => nowMs - startMs,
    schedule(delayMs, callback) {
      const entry = { atMs: nowMs + delayMs, callback };
      scheduled.push(entry);
      return () => {
        scheduled = scheduled.filter((other) => other !== entry);
      };
    },
    advance(ms) {
      const untilMs = nowMs + ms;
      for (;;) {
        const [next] = scheduled.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs);
        if (next === undefined) break;
        scheduled = scheduled.filter((other) => other !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.callback();
      }
      nowMs = untilMs;
    },
  };
}
