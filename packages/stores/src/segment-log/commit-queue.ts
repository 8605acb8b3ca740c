import { setImmediate, setTimeout } from "node:timers/promises";
import { type Cancel, type Clock, GatewayError, type Log } from "@copilot-llm/model";
import { describeSystemError } from "../failure/store-failure.js";
import type { StoreHealth } from "../interfaces/stores.js";

/**
 * What becomes of an append while the disk is full or failing: an error at once, or wait until it can be written. Who
 * waits for longer than ten seconds gets an error too; his write stays in the queue and may succeed later.
 */
export type WriteFailurePolicy = "fail" | "wait";

/** `always`: resolved means on the medium. `interval`: with the system, and on the medium within a second. */
export type FsyncPolicy = "interval" | "always";

export interface QueuedWrite {
  readonly buffers: readonly Uint8Array[];
  readonly bytes: number;
  /** Called in order, as soon as the bytes are written, before anybody hears of it. */
  readonly onWritten: () => void;
}

/** Where batches go. Calls never overlap, `sync` aside. */
export interface BatchTarget {
  /** Writes the batch as a whole, to the medium when `durably`, or throws and leaves nothing of it. */
  write(batch: readonly QueuedWrite[], durably: boolean): Promise<void>;
  /** How many of the queued writes the next batch may take. */
  batchLength(queue: readonly QueuedWrite[]): number;
  sync(): Promise<void>;
  /** Throws while nothing can be written. */
  probe(): Promise<void>;
}

export interface CommitQueueOptions {
  readonly target: BatchTarget;
  readonly clock: Clock;
  readonly log: Log;
  readonly fsync: FsyncPolicy;
  readonly whenWriteFails: WriteFailurePolicy;
  /** More than this waiting means that the disk does not keep up. */
  readonly maxPendingBytes: number;
}

interface Waiting extends QueuedWrite {
  readonly sinceMs: number;
  readonly resolve: () => void;
  readonly reject: (error: GatewayError) => void;
}

/** How long a batch waits for company: shorter is a write for every append, longer is felt. */
const gatherMs = 1;
const fsyncIntervalMs = 500;
const retryIntervalMs = 500;
const longestWaitMs = 10_000;

/** Group commit: one write is under way at a time, and what comes meanwhile makes up the next. */
export class CommitQueue {
  readonly #options: CommitQueueOptions;
  #waiting: Waiting[] = [];
  #pendingBytes = 0;
  #failure: string | null = null;
  #working: Promise<void> | null = null;
  #cancelSync: Cancel | null = null;
  #cancelProbe: Cancel | null = null;
  #syncing: Promise<void> = Promise.resolve();
  #retry: { readonly cancel: Cancel; readonly now: () => void } | null = null;
  /** The last batch had company: more than one request at a time is under way. */
  #isBusy = false;
  #closed = false;

  constructor(options: CommitQueueOptions) {
    this.#options = options;
  }

  get health(): StoreHealth {
    if (this.#failure !== null) return { ok: false, reason: this.#failure };
    if (this.overloaded) return { ok: false, reason: "The disk is too slow: too many records wait to be written." };
    return { ok: true };
  }

  get overloaded(): boolean {
    return this.#pendingBytes > this.#options.maxPendingBytes;
  }

  /** Resolves when the write survives a kill of this process (or, with `always`, a power cut). */
  push(write: QueuedWrite): Promise<void> {
    if (this.#closed) return Promise.reject(new GatewayError("unavailable", "The gateway is stopping."));
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...write, resolve, reject, sinceMs: this.#options.clock.monotonicMs() });
      this.#pendingBytes += write.bytes;
      this.#start();
    });
  }

  /** Writes what is waiting, gives up on what cannot be written, and leaves everything on the medium. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#retry?.now();
    await this.#working;
    this.#cancelSync?.();
    this.#cancelProbe?.();
    await this.#syncing;
  }

  #start(): void {
    this.#working ??= this.#work();
  }

  async #work(): Promise<void> {
    // Lets what is appended in the same turn of the event loop, or the same millisecond, join the first batch: a write
    // costs two switches between threads, whatever is in it.
    await (this.#isBusy ? setTimeout(gatherMs) : setImmediate());
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, this.#options.target.batchLength(this.#waiting));
      this.#isBusy = batch.length > 1;
      try {
        await this.#options.target.write(batch, this.#options.fsync === "always");
      } catch (error) {
        this.#reportFailure(error);
        if (this.#options.whenWriteFails === "fail" || this.#closed) this.#rejectBatch(batch.length, error);
        else {
          this.#tellWaiting(error);
          await this.#untilRetry();
        }
        continue;
      }
      this.#reportRecovery();
      this.#waiting.splice(0, batch.length);
      for (const write of batch) {
        this.#pendingBytes -= write.bytes;
        write.onWritten();
        write.resolve();
      }
      if (this.#options.fsync === "interval") this.#scheduleSync();
    }
    // In the same turn as the last look at what is waiting, so that nothing is left behind.
    this.#working = null;
    if (this.#failure !== null && !this.#closed) this.#scheduleProbe();
  }

  #rejectBatch(length: number, cause: unknown): void {
    for (const write of this.#waiting.splice(0, length)) {
      this.#pendingBytes -= write.bytes;
      write.reject(notOnRecord(cause));
    }
  }

  /** Their writes stay where they are. */
  #tellWaiting(cause: unknown): void {
    const longEnough = this.#options.clock.monotonicMs() - longestWaitMs;
    for (const write of this.#waiting) {
      if (write.sinceMs <= longEnough) write.reject(notOnRecord(cause));
    }
  }

  #reportFailure(error: unknown): void {
    const reason = `Records cannot be written: ${describeSystemError(error)}.`;
    if (this.#failure !== reason) this.#options.log.error(reason);
    this.#failure = reason;
  }

  #reportRecovery(): void {
    if (this.#failure === null) return;
    this.#failure = null;
    this.#options.log.info("Records can be written again.");
  }

  #untilRetry(): Promise<void> {
    return new Promise((resolve) => {
      const now = () => {
        this.#retry?.cancel();
        this.#retry = null;
        resolve();
      };
      this.#retry = { now, cancel: this.#options.clock.schedule(retryIntervalMs, now) };
    });
  }

  /** Without appends nothing would find out that there is room again. */
  #scheduleProbe(): void {
    this.#cancelProbe ??= this.#options.clock.schedule(retryIntervalMs, () => {
      this.#cancelProbe = null;
      if (this.#closed || this.#failure === null || this.#working !== null) return;
      this.#working = this.#probe().then(() => this.#work());
    });
  }

  async #probe(): Promise<void> {
    try {
      await this.#options.target.probe();
      this.#reportRecovery();
    } catch (error) {
      this.#reportFailure(error);
    }
  }

  #scheduleSync(): void {
    this.#cancelSync ??= this.#options.clock.schedule(fsyncIntervalMs, () => {
      this.#cancelSync = null;
      this.#syncing = this.#options.target.sync().catch((error: unknown) => {
        this.#reportFailure(error);
        this.#scheduleProbe();
      });
    });
  }
}

function notOnRecord(cause: unknown): GatewayError {
  return new GatewayError("unavailable", "The request could not be put on record.", { cause });
}
