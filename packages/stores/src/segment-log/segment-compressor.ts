import type { Cancel, Clock, Log } from "@copilot-llm/model";
import { describeSystemError } from "../failure/store-failure.js";

export interface SegmentCompressorOptions {
  readonly clock: Clock;
  readonly log: Log;
  /** How long a sealed segment stays as it is: the latest records are read the most. */
  readonly delayMs: number;
  readonly compress: (segment: number, isCancelled: () => boolean) => Promise<void>;
}

/** Compresses sealed segments one after the other, some time after they were sealed. */
export class SegmentCompressor {
  readonly #options: SegmentCompressorOptions;
  readonly #scheduled = new Set<Cancel>();
  #working: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: SegmentCompressorOptions) {
    this.#options = options;
  }

  add(segment: number): void {
    const cancel = this.#options.clock.schedule(this.#options.delayMs, () => {
      this.#scheduled.delete(cancel);
      this.#working = this.#working.then(() => this.#compress(segment));
    });
    this.#scheduled.add(cancel);
  }

  /** Calls off what is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const cancel of this.#scheduled) cancel();
    await this.#working;
  }

  async #compress(segment: number): Promise<void> {
    if (this.#closed) return;
    try {
      await this.#options.compress(segment, () => this.#closed);
    } catch (error) {
      this.#options.log.warn(`A segment could not be compressed: ${describeSystemError(error)}.`, { segment });
    }
  }
}
