import type { Clock } from "@copilot-llm/model";
import type { Thread } from "./thread/start-thread.js";
import type { WriterCalls } from "./writer/serve-writer.js";

/** A cell takes as long for one request as for many. */
const flushEveryMs = 15_000;
/** Or with so many records: a start after a kill counts what was not. */
const mostUncounted = 20_000;
/** Appends are to wait for one slice at most. */
const betweenSlicesMs = 20;

/**
 * Has usage and statistics written down: in slices now and then, and at once for whoever wants to read them, who never
 * sees what only some slices know.
 */
export class CountFlusher {
  readonly #writer: Thread<WriterCalls>;
  readonly #clock: Clock;
  /** Soon after a start for the first time: an earlier process may have been killed before it was due. */
  #flushedAtMs = Number.NEGATIVE_INFINITY;
  #uncounted = 0;
  #isUnderWay = false;
  #isClosed = false;
  #endPause: () => void = () => {};
  #latest: Promise<unknown> = Promise.resolve();

  constructor(writer: Thread<WriterCalls>, clock: Clock) {
    this.#writer = writer;
    this.#clock = clock;
  }

  noteRecorded(records: number): void {
    this.#uncounted += records;
  }

  get isDue(): boolean {
    if (this.#isUnderWay) return false;
    return this.#clock.monotonicMs() - this.#flushedAtMs >= flushEveryMs || this.#uncounted >= mostUncounted;
  }

  /** Brings every record into usage and statistics; nothing else is counted until `run` has ended. */
  whileCounted<Result>(run: () => Promise<Result>): Promise<Result> {
    return this.#alone(async () => {
      this.#uncounted = 0;
      await this.#writer.call("flush", null);
      return run();
    });
  }

  /** A slice at a time, with pauses for which nobody waits. Resolves when all are written, or soon after `close`. */
  async flushSlowly(): Promise<void> {
    this.#flushedAtMs = this.#clock.monotonicMs();
    this.#uncounted = 0;
    this.#isUnderWay = true;
    try {
      while (!this.#isClosed && (await this.#alone(() => this.#writer.call("flushSlice", null)))) await this.#pause();
    } finally {
      this.#isUnderWay = false;
    }
  }

  close(): void {
    this.#isClosed = true;
    this.#endPause();
  }

  #pause(): Promise<void> {
    // Closed while a slice was written: nobody would end the pause, and its timer does not keep the process alive.
    if (this.#isClosed) return Promise.resolve();
    return new Promise((resolve) => {
      const cancel = this.#clock.schedule(betweenSlicesMs, resolve);
      this.#endPause = () => {
        cancel();
        resolve();
      };
    });
  }

  /** One after the other: the one thread that reads does not do more at a time either. */
  #alone<Result>(run: () => Promise<Result>): Promise<Result> {
    const done = this.#latest.then(run);
    this.#latest = done.catch(() => undefined);
    return done;
  }
}
