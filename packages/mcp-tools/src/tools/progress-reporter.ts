import type { Cancel, Clock } from "@copilot-llm/model";

/** More often than this is no use to a reader. */
const minIntervalMs = 100;
/** Clients give a call up after a minute without a sign of life. */
const silenceMs = 10_000;

export interface ProgressReporterOptions {
  readonly clock: Clock;
  /** Sends one notification; `progress` rises with each. `text` is what came since the last; absent: still waiting. */
  readonly send: (progress: number, text: string | undefined) => Promise<void>;
}

/**
 * Turns an answer's pieces into progress notifications: at once for the first, then at most one per 100 ms, one per
 * 10 s of silence, and the rest at the end. Their texts together are the answer.
 */
export class ProgressReporter {
  readonly #options: ProgressReporterOptions;
  #progress = 0;
  #pending = "";
  #lastMs = Number.NEGATIVE_INFINITY;
  #sending: Promise<void> = Promise.resolve();
  #cancelTimer: Cancel;

  constructor(options: ProgressReporterOptions) {
    this.#options = options;
    this.#cancelTimer = options.clock.schedule(silenceMs, () => this.#send());
  }

  add(text: string): void {
    this.#pending += text;
    const waitMs = this.#lastMs + minIntervalMs - this.#options.clock.monotonicMs();
    if (waitMs <= 0) this.#send();
    else if (this.#pending === text) this.#schedule(waitMs);
  }

  /** Sends what is left; resolves when everything is handed to the transport. */
  async end(): Promise<void> {
    if (this.#pending !== "") this.#send();
    this.#cancelTimer();
    await this.#sending;
  }

  #send(): void {
    const text = this.#pending === "" ? undefined : this.#pending;
    this.#pending = "";
    this.#progress += 1;
    const progress = this.#progress;
    this.#lastMs = this.#options.clock.monotonicMs();
    // A client that cannot be told of progress will not get the result either; that failure is the one that counts.
    this.#sending = this.#sending.then(() => this.#options.send(progress, text)).catch(() => undefined);
    this.#schedule(silenceMs);
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.schedule(delayMs, () => this.#send());
  }
}
