import type { Cancel, Clock } from "@copilot-llm/model";

/** Timers cannot wait for weeks; what is later is seen at a look before. */
const longestMs = 20_000;

/** Wakes once, at the earliest moment that was asked for. */
export class WakeTimer {
  readonly #clock: Pick<Clock, "nowMs" | "schedule">;
  readonly #onWake: () => void;
  #cancel: Cancel = () => {};
  #atMs = Number.POSITIVE_INFINITY;
  #isStopped = false;

  constructor(clock: Pick<Clock, "nowMs" | "schedule">, onWake: () => void) {
    this.#clock = clock;
    this.#onWake = onWake;
  }

  /** For good. */
  stop(): void {
    this.#isStopped = true;
    this.#cancel();
  }

  wakeAt(atMs: number): void {
    if (this.#isStopped || !Number.isFinite(atMs)) return;
    const nowMs = this.#clock.nowMs();
    if (this.#atMs > nowMs && this.#atMs <= atMs) return;
    this.#cancel();
    this.#atMs = atMs;
    this.#cancel = this.#clock.schedule(Math.min(Math.max(0, atMs - nowMs), longestMs), () => {
      this.#atMs = Number.POSITIVE_INFINITY;
      this.#onWake();
    });
  }
}
