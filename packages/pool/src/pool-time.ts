import type { Clock } from "@copilot-llm/model";

/** Clocks are corrected by seconds all the time. */
const setBackMs = 60_000;

/**
 * The time of one pool. Where the machine's clock was set back, rests have to go back with it: a second's rest would
 * otherwise last as long as the clock was wrong.
 */
export class PoolTime {
  readonly #clock: Pick<Clock, "nowMs">;
  readonly #onSetBack: (byMs: number) => void;
  /** The latest time that was read. */
  #latestMs = Number.NEGATIVE_INFINITY;

  constructor(clock: Pick<Clock, "nowMs">, onSetBack: (byMs: number) => void) {
    this.#clock = clock;
    this.#onSetBack = onSetBack;
  }

  nowMs(): number {
    const nowMs = this.#clock.nowMs();
    const backMs = this.#latestMs - nowMs;
    if (backMs > 0 && backMs < setBackMs) return nowMs;
    this.#latestMs = nowMs;
    if (backMs >= setBackMs) this.#onSetBack(backMs);
    return nowMs;
  }
}
