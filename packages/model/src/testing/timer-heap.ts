export interface Timer {
  readonly atMs: number;
  /** Among timers of one moment, the order of scheduling. */
  readonly order: number;
  /** Null: cancelled. */
  callback: (() => void) | null;
}

/** Timers, the one due next at hand: a binary heap, as simulations schedule a great many. */
export class TimerHeap {
  readonly #timers: Timer[] = [];

  next(): Timer | undefined {
    return this.#timers[0];
  }

  all(): Iterable<Timer> {
    return this.#timers;
  }

  add(timer: Timer): void {
    const timers = this.#timers;
    let index = timers.length;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = timers[parentIndex];
      if (parent === undefined || isBefore(parent, timer)) break;
      timers[index] = parent;
      index = parentIndex;
    }
    timers[index] = timer;
  }

  removeNext(): void {
    const timers = this.#timers;
    const last = timers.pop();
    if (last === undefined || timers.length === 0) return;
    let index = 0;
    for (;;) {
      const left = timers[2 * index + 1];
      const right = timers[2 * index + 2];
      const isRight = right !== undefined && left !== undefined && isBefore(right, left);
      const child = isRight ? right : left;
      if (child === undefined || isBefore(last, child)) break;
      timers[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    timers[index] = last;
  }
}

function isBefore(one: Timer, other: Timer): boolean {
  return one.atMs === other.atMs ? one.order < other.order : one.atMs < other.atMs;
}
