import type { Clock } from "@copilot-llm/model";

/** A clock that stands still until it is told to go on. */
export class ManualClock implements Clock {
  #nowMs = 0;
  readonly #scheduled = new Set<{ readonly atMs: number; readonly callback: () => void }>();

  nowMs(): number {
    return this.#nowMs;
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  schedule(delayMs: number, callback: () => void): () => void {
    const entry = { atMs: this.#nowMs + delayMs, callback };
    this.#scheduled.add(entry);
    return () => this.#scheduled.delete(entry);
  }

  /** How many callbacks wait. */
  get waiting(): number {
    return this.#scheduled.size;
  }

  advance(byMs: number): void {
    this.#nowMs += byMs;
    for (const entry of [...this.#scheduled].sort((one, other) => one.atMs - other.atMs)) {
      if (entry.atMs > this.#nowMs || !this.#scheduled.delete(entry)) continue;
      entry.callback();
    }
  }
}
