import { setImmediate, setTimeout } from "node:timers/promises";
import { type Cancel, type Clock, GatewayError, type Log } from "@copilot-llm/model";
import { entryBytes } from "../budget/entry-bytes.js";
import type { LedgerEntry } from "../interfaces/ledger.js";
import type { StoreHealth } from "../interfaces/stores.js";

/**
 * What becomes of an append while the disk is full or failing: an error at once, or wait until it can be written. Who
 * waits for longer than ten seconds gets an error too; his record stays in the queue and may follow.
 */
export type WriteFailurePolicy = "fail" | "wait";

/** Where batches go. Calls never overlap, `sync` aside. A failure's message is for an operator. */
export interface BatchTarget {
  /** Commits the batch as a whole, or throws and leaves nothing of it. Tells which entries were on record already. */
  write(entries: readonly LedgerEntry[]): Promise<readonly number[]>;
  sync(): Promise<void>;
  /** Throws while nothing can be written. */
  probe(): Promise<void>;
}

export interface RecordQueueOptions {
  readonly target: BatchTarget;
  readonly clock: Clock;
  readonly log: Log;
  /** Null: what is committed is on the medium. */
  readonly syncIntervalMs: number | null;
  readonly whenWriteFails: WriteFailurePolicy;
  /** More than this waiting means that the disk does not keep up. */
  readonly maxPendingBytes: number;
  /** Called in order for each entry, before anybody hears of it. */
  readonly onSettled: (entry: LedgerEntry, outcome: AppendOutcome) => void;
}

/** `known`: it was on record already. What was refused may still be recorded: then it is called again. */
export type AppendOutcome = "recorded" | "known" | "refused";

interface Waiting {
  readonly entry: LedgerEntry;
  readonly bytes: number;
  readonly sinceMs: number;
  readonly resolve: () => void;
  readonly reject: (error: GatewayError) => void;
}

/** How long a batch waits for company: shorter is a commit for every append, longer is felt. */
const gatherMs = 1;
const retryIntervalMs = 500;
const longestWaitMs = 10_000;
const maxBatchEntries = 1024;
/** Copied, checked and written while a processor's cache holds it: of more, each byte costs almost twice as much. */
const maxBatchBytes = 2 << 20;

/** Group commit: one batch is under way at a time, and what comes meanwhile makes up the next. */
export class RecordQueue {
  readonly #options: RecordQueueOptions;
  #waiting: Waiting[] = [];
  #pendingBytes = 0;
  #failure: string | null = null;
  #working: Promise<void> | null = null;
  #cancelSync: Cancel | null = null;
  #cancelProbe: Cancel | null = null;
  #syncing: Promise<void> = Promise.resolve();
  #retry: { readonly cancel: Cancel; readonly now: () => void } | null = null;
  /** How many the last batch had: as many requests are under way, and will be appended soon. */
  #lastLength = 1;
  #closed = false;
  #abandonedFor: GatewayError | null = null;

  constructor(options: RecordQueueOptions) {
    this.#options = options;
  }

  get health(): StoreHealth {
    if (this.#failure !== null) return { ok: false, reason: this.#failure };
    if (this.isOverloaded) return { ok: false, reason: "The disk is too slow: too many records wait to be written." };
    return { ok: true };
  }

  /** Why nothing can be put on record any more; null while it can, or may be later. */
  get abandonedFor(): GatewayError | null {
    return this.#abandonedFor;
  }

  get isOverloaded(): boolean {
    return this.#pendingBytes > this.#options.maxPendingBytes;
  }

  /** Resolves when the record survives a kill of this process. */
  push(entry: LedgerEntry): Promise<void> {
    if (this.#abandonedFor !== null) return Promise.reject(this.#abandonedFor);
    if (this.#closed) return Promise.reject(new GatewayError("unavailable", "The gateway is stopping."));
    return new Promise((resolve, reject) => {
      const bytes = entryBytes(entry);
      this.#waiting.push({ entry, bytes, resolve, reject, sinceMs: this.#options.clock.monotonicMs() });
      this.#pendingBytes += bytes;
      this.#working ??= this.#work();
    });
  }

  /** Nothing can be written any more: refuses what is waiting, and what comes, with the reason. To be closed all the same. */
  abandon(reason: GatewayError): void {
    this.#abandonedFor ??= reason;
    this.#failure = reason.message;
    this.#retry?.now();
  }

  /** Writes what is waiting and gives up on what cannot be written. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#retry?.now();
    await this.#working;
    this.#cancelSync?.();
    this.#cancelProbe?.();
    await this.#syncing;
  }

  async #work(): Promise<void> {
    // Lets what is appended in the same turn of the event loop join the first batch, and, unless it is as many as last
    // time, in the same millisecond: a commit costs two switches between threads, whatever is in it.
    await setImmediate();
    if (this.#waiting.length < this.#lastLength) await setTimeout(gatherMs);
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, this.#batchLength());
      this.#lastLength = batch.length;
      try {
        this.#settle(batch, await this.#options.target.write(batch.map(({ entry }) => entry)));
      } catch (error) {
        this.#reportFailure(error);
        if (this.#options.whenWriteFails === "fail" || this.#isEnding) this.#rejectBatch(batch.length, error);
        else {
          this.#tellWaiting(error);
          await this.#untilRetry();
        }
      }
    }
    // In the same turn as the last look at what is waiting, so that nothing is left behind.
    this.#working = null;
    if (this.#failure !== null && !this.#isEnding) this.#scheduleProbe();
  }

  #settle(batch: readonly Waiting[], known: readonly number[]): void {
    this.#reportRecovery();
    this.#waiting.splice(0, batch.length);
    for (const [index, { entry, bytes, resolve }] of batch.entries()) {
      this.#pendingBytes -= bytes;
      this.#options.onSettled(entry, known.includes(index) ? "known" : "recorded");
      resolve();
    }
    this.#scheduleSync();
  }

  #batchLength(): number {
    let bytes = 0;
    let length = 0;
    for (const waiting of this.#waiting) {
      bytes += waiting.bytes;
      if (length > 0 && (length >= maxBatchEntries || bytes > maxBatchBytes)) break;
      length += 1;
    }
    return length;
  }

  #rejectBatch(length: number, cause: unknown): void {
    for (const { entry, bytes, reject } of this.#waiting.splice(0, length)) {
      this.#pendingBytes -= bytes;
      this.#options.onSettled(entry, "refused");
      reject(this.#abandonedFor ?? notOnRecord(cause));
    }
  }

  /** Their records stay where they are. */
  #tellWaiting(cause: unknown): void {
    const longEnough = this.#options.clock.monotonicMs() - longestWaitMs;
    for (const { entry, sinceMs, reject } of this.#waiting) {
      if (sinceMs > longEnough) continue;
      this.#options.onSettled(entry, "refused");
      reject(notOnRecord(cause));
    }
  }

  get #isEnding(): boolean {
    return this.#closed || this.#abandonedFor !== null;
  }

  #reportFailure(error: unknown): void {
    // Told already, by whoever abandoned it.
    if (this.#abandonedFor !== null) return;
    const reason = `Records cannot be written: ${error instanceof Error ? error.message : "unknown failure"}.`;
    if (this.#failure !== reason) this.#options.log.error(reason);
    this.#failure = reason;
  }

  #reportRecovery(): void {
    if (this.#failure === null || this.#abandonedFor !== null) return;
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
      if (this.#isEnding || this.#failure === null || this.#working !== null) return;
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
    const { syncIntervalMs, clock, target } = this.#options;
    if (syncIntervalMs === null) return;
    this.#cancelSync ??= clock.schedule(syncIntervalMs, () => {
      this.#cancelSync = null;
      this.#syncing = target.sync().catch((error: unknown) => {
        this.#reportFailure(error);
        this.#scheduleProbe();
      });
    });
  }
}

function notOnRecord(cause: unknown): GatewayError {
  return new GatewayError("unavailable", "The request could not be put on record.", { cause });
}
