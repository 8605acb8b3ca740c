import { type Cancel, type Clock, GatewayError, type Log } from "@copilot-llm/model";
import { CountFlusher } from "./count-flusher.js";
import type { ReaderCalls } from "./reader/serve-reader.js";
import { StorageFailure, type Thread } from "./thread/start-thread.js";
import type { WriterCalls } from "./writer/serve-writer.js";

type ReadVerb = Exclude<keyof ReaderCalls, "open" | "close">;
type WriteVerb = Exclude<keyof WriterCalls, "open" | "close" | "append" | "flush" | "flushSlice">;

export interface LedgerThreadsOptions {
  readonly writer: Thread<WriterCalls>;
  /** Called again when the one before has ended by itself. */
  readonly startReader: () => Thread<ReaderCalls>;
  readonly clock: Clock;
  readonly log: Log;
}

/** How soon after a change the log is looked after. */
const lookAfterMs = 1000;
/** A start is quicker with one thread; the first who asks should find the other. */
const startReaderAfterMs = 500;
/** With so many pages in the write-ahead log, they are brought into the database. */
const checkpointPages = 1000;
/** With so many, as where records come without a pause, the writing waits for a moment, so that the log can begin anew. */
const longLogPages = 16_384;

/** The threads behind the ledger: one writes, one reads and looks after the log. The reading one is started a little later. */
export class LedgerThreads {
  readonly #options: LedgerThreadsOptions;
  readonly #cancelStart: Cancel;
  #reader: Promise<Thread<ReaderCalls>> | null = null;
  #openedReader: Thread<ReaderCalls> | null = null;
  #cancelLook: Cancel | null = null;
  readonly #flusher: CountFlusher;
  #looking: Promise<void> = Promise.resolve();
  #flushing: Promise<void> = Promise.resolve();
  #alone: Promise<unknown> = Promise.resolve();
  #giveWay: () => void = () => {};
  #mustEmptyLog = false;
  #isEnding = false;
  #abandonedFor: GatewayError | null = null;

  constructor(options: LedgerThreadsOptions) {
    this.#options = options;
    this.#flusher = new CountFlusher(options.writer, options.clock);
    this.#cancelStart = options.clock.schedule(startReaderAfterMs, () => {
      // Whoever asks first hears of what prevents it.
      this.#startReader().catch(() => undefined);
    });
  }

  async read<Verb extends ReadVerb>(verb: Verb, argument: Parameters<ReaderCalls[Verb]>[0]) {
    if (this.#abandonedFor !== null) throw this.#abandonedFor;
    try {
      const reader = await this.#startReader();
      return await reader.call(verb, argument);
    } catch (error) {
      throw error instanceof StorageFailure ? createUnreadable(error) : error;
    }
  }

  /** As `read`, with every record in usage and statistics. */
  readCounted<Verb extends ReadVerb>(verb: Verb, argument: Parameters<ReaderCalls[Verb]>[0]) {
    return this.#flusher.whileCounted(() => this.read(verb, argument)).catch(throwUnwritable);
  }

  /** Brings every record into usage and statistics. */
  flush(): Promise<void> {
    return this.#flusher.whileCounted(async () => {}).catch(throwUnwritable);
  }

  async write<Verb extends WriteVerb>(verb: Verb, argument: Parameters<WriterCalls[Verb]>[0]) {
    try {
      return await this.#options.writer.call(verb, argument);
    } catch (error) {
      return throwUnwritable(error);
    }
  }

  /** Changes of what was written wait for each other, so that none works on what another replaces. */
  alone<Result>(change: () => Promise<Result>): Promise<Result> {
    this.giveWay();
    const changed = this.#alone.then(change);
    this.#alone = changed.catch(() => undefined);
    return changed;
  }

  /** Asks what can wait to stop. */
  giveWay(): void {
    this.#giveWay();
  }

  /** As `alone`, for what can wait: `giveWay` is called when another wants to change something. */
  aloneUntilWanted<Result>(change: () => Promise<Result>, giveWay: () => void): Promise<Result> {
    return this.alone(async () => {
      this.#giveWay = giveWay;
      try {
        return await change();
      } finally {
        this.#giveWay = () => {};
      }
    });
  }

  /**
   * Leaves nothing of what was removed in the write-ahead log. While another program reads the database that cannot be:
   * it is tried again with every change until it is done.
   */
  async emptyLog(): Promise<void> {
    this.#mustEmptyLog = true;
    await this.#tryToEmptyLog();
    if (!this.#mustEmptyLog) return;
    this.#options.log.warn("Another program reads ledger.sqlite: what was removed stays in its log until that ends.");
  }

  /** As `emptyLog`, when there is time for it: for what an earlier process may have left there. */
  emptyLogLater(): void {
    this.#mustEmptyLog = true;
    this.scheduleFlush();
  }

  /** So much was recorded: what follows from it is written down soon. */
  scheduleFlush(records = 0): void {
    this.#flusher.noteRecorded(records);
    if (this.#isEnding) return;
    this.#cancelLook ??= this.#options.clock.schedule(lookAfterMs, () => {
      this.#cancelLook = null;
      this.#looking = this.#looking.then(() => this.#look());
    });
  }

  /**
   * Ends both threads after the step that each is in, and writes nothing down: for a directory that is another's now.
   * Whoever reads from now on is refused with the reason. To be closed all the same.
   */
  abandon(reason: GatewayError): void {
    this.#abandonedFor ??= reason;
    this.#endSchedule();
    void this.#options.writer.stop();
    void this.#openedReader?.stop();
  }

  async close(): Promise<void> {
    this.#endSchedule();
    await this.#looking;
    await this.#flushing;
    await this.#alone;
    const reader = await this.#reader?.catch(() => null);
    await reader?.call("close", null).catch(() => undefined);
    await reader?.stop();
    const { writer } = this.#options;
    try {
      if (!writer.hasFailed && this.#abandonedFor === null) await writer.call("close", null);
    } catch (error) {
      // It may be noticed only here.
      if (this.#abandonedFor === null) throw error;
    } finally {
      await writer.stop();
    }
  }

  #endSchedule(): void {
    this.#isEnding = true;
    this.#cancelStart();
    this.#cancelLook?.();
    this.#flusher.close();
  }

  async #look(): Promise<void> {
    if (this.#flusher.isDue) {
      // The log is not left alone for as long as the pauses take.
      this.#flushing = this.#attempt(async () => {
        await this.#flusher.flushSlowly();
        await this.#tendLog();
      });
    } else this.scheduleFlush();
    await this.#attempt(() => this.#tendLog());
  }

  async #attempt(run: () => Promise<void>): Promise<void> {
    try {
      await run();
    } catch (error) {
      this.#options.log.warn("Usage and statistics could not be written down yet; a start would take longer.", {
        error,
      });
    }
  }

  async #tendLog(): Promise<void> {
    const { writer } = this.#options;
    const pages = await writer.call("logPages", null);
    if (this.#mustEmptyLog) await this.#tryToEmptyLog();
    else if (pages >= checkpointPages) await this.read("checkpoint", null);
    if (pages > longLogPages) await writer.call("restartLog", null);
  }

  async #tryToEmptyLog(): Promise<void> {
    if (await this.read("emptyLog", null)) this.#mustEmptyLog = false;
    else this.scheduleFlush();
  }

  #startReader(): Promise<Thread<ReaderCalls>> {
    if (this.#openedReader?.hasFailed === true) {
      this.#openedReader = null;
      this.#reader = null;
    }
    this.#reader ??= this.#openReader();
    return this.#reader;
  }

  async #openReader(): Promise<Thread<ReaderCalls>> {
    const reader = this.#options.startReader();
    try {
      await reader.call("open", null);
      this.#openedReader = reader;
      return reader;
    } catch (error) {
      // The next one who asks tries again.
      this.#reader = null;
      await reader.stop();
      throw error;
    }
  }
}

function createUnreadable(cause: StorageFailure): GatewayError {
  return new GatewayError("unavailable", `The ledger cannot be read: ${cause.message}.`, { cause });
}

function throwUnwritable(cause: unknown): never {
  if (!(cause instanceof StorageFailure)) throw cause;
  throw new GatewayError("unavailable", `The ledger cannot be written: ${cause.message}.`, { cause });
}
