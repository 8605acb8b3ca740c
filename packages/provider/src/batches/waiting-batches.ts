/** Batches of which nothing can begin now: nothing is to spare for them, or a limit of their key is reached. */
export class WaitingBatches {
  /** Until when; null: until something changes. */
  readonly #untilMs = new Map<string, number | null>();

  add(batchId: string, untilMs: number | null): void {
    this.#untilMs.set(batchId, untilMs);
  }

  /** Something has changed. */
  forgetOpenEnded(): void {
    for (const [batchId, untilMs] of this.#untilMs) if (untilMs === null) this.#untilMs.delete(batchId);
  }

  /** Those that still wait. */
  batchIds(nowMs: number): readonly string[] {
    for (const [batchId, untilMs] of this.#untilMs) {
      if (untilMs !== null && untilMs <= nowMs) this.#untilMs.delete(batchId);
    }
    return [...this.#untilMs.keys()];
  }

  /** When the first of them may be tried; null: when something changes. */
  nextUntilMs(): number | null {
    const known = [...this.#untilMs.values()].filter((untilMs) => untilMs !== null);
    return known.length === 0 ? null : Math.min(...known);
  }
}
