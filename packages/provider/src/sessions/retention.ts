import { type Cancel, type Clock, dayMs, hourMs, type Log, type Randomness } from "@copilot-llm/model";
import type { Ledger } from "@copilot-llm/stores";

/** Gateways that share a database should not all clear it at the same moment. */
const jitterMs = 600_000;

export interface RetentionOptions {
  readonly ledger: Pick<Ledger, "expire">;
  /** How long recordings are kept, as it stands now. */
  readonly days: () => number;
  readonly clock: Clock;
  readonly randomness: Randomness;
  readonly log: Log;
}

/** Removes recordings that are older than they may get: at once, and then about every hour. Usage totals stay. */
export class Retention {
  readonly #options: RetentionOptions;
  #running: Promise<void> = Promise.resolve();
  #cancelNext: Cancel = () => {};
  readonly #closed = new AbortController();

  constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** Begins in the background. */
  start(): void {
    this.#running = this.#run();
  }

  /** Begins nothing more, and gives up what is under way: the next start goes on. */
  async close(): Promise<void> {
    this.#closed.abort();
    this.#cancelNext();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { ledger, days, clock, randomness, log } = this.#options;
    try {
      await ledger.expire(clock.nowMs() - days() * dayMs, this.#closed.signal);
    } catch (error) {
      log.warn("removing old recordings failed; it is tried again in an hour", { error });
    }
    if (this.#closed.signal.aborted) return;
    this.#cancelNext = clock.schedule(hourMs + randomness.next() * jitterMs, () => this.start());
  }
}
