import type { Cancel, Clock } from "@copilot-llm/model";

interface Timer {
  readonly atMs: number;
  readonly order: number;
  callback: (() => void) | null;
}

/** A clock that stands still until it is moved; what was scheduled runs in order of time, then of scheduling. */
export class ManualClock implements Clock {
  #nowMs: number;
  #scheduled = 0;
  /** A binary heap, earliest first. */
  readonly #timers: Timer[] = [];

  constructor(nowMs: number) {
    this.#nowMs = nowMs;
  }

  nowMs(): number {
    return this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  schedule(delayMs: number, callback: () => void): Cancel {
    const timer: Timer = { atMs: this.#nowMs + Math.max(0, delayMs), order: this.#scheduled, callback };
    this.#scheduled += 1;
    this.#push(timer);
    return () => {
      timer.callback = null;
    };
  }

  /** Runs the next timer, moving the clock to it. False when none is left. */
  step(): boolean {
    for (;;) {
      const timer = this.#pop();
      if (timer === null) return false;
      if (timer.callback === null) continue;
      this.#nowMs = timer.atMs;
      timer.callback();
      return true;
    }
  }

  /** Moves on, running what falls due on the way. */
  advance(durationMs: number): void {
    const untilMs = this.#nowMs + durationMs;
    for (;;) {
      const next = this.#timers[0];
      if (next === undefined || next.atMs > untilMs) break;
      this.step();
    }
    this.#nowMs = untilMs;
  }

  #push(timer: Timer): void {
    const heap = this.#timers;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!this.#swapIfEarlier(index, parent)) break;
      index = parent;
    }
  }

  #pop(): Timer | null {
    const heap = this.#timers;
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined) return null;
    if (heap.length === 0) return first;
    heap[0] = last;
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const child = right < heap.length && isEarlier(heap[right], heap[left]) ? right : left;
      if (child >= heap.length || !this.#swapIfEarlier(child, index)) return first;
      index = child;
    }
  }

  #swapIfEarlier(child: number, parent: number): boolean {
    const a = this.#timers[child];
    const b = this.#timers[parent];
    if (a === undefined || b === undefined || !isEarlier(a, b)) return false;
    this.#timers[parent] = a;
    this.#timers[child] = b;
    return true;
  }
}

function isEarlier(a: Timer | undefined, b: Timer | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  return a.atMs === b.atMs ? a.order < b.order : a.atMs < b.atMs;
}
