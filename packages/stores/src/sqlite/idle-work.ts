import type { Cancel, Clock, Log } from "@copilot-llm/model";
import type { LedgerThreads } from "./ledger-threads.js";

export interface IdleWorkOptions {
  readonly threads: LedgerThreads;
  readonly clock: Clock;
  readonly log: Log;
  /** How often full files of bodies are packed; null never does. */
  readonly packEveryMs: number | null;
}

const lookEveryMs = 5000;
/** With more records since the last look there is no time for anything else. */
const busyRecords = 100;

/**
 * What can wait: words of turns for the search, once few requests come, and then the room that the write-ahead log took; and
 * packing what does not grow any more.
 */
export class IdleWork {
  readonly #options: IdleWorkOptions;
  #recorded = 0;
  #cancelLook: Cancel | null = null;
  #cancelPacking: Cancel | null = null;
  #indexing: Promise<void> = Promise.resolve();
  #packing: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: IdleWorkOptions) {
    this.#options = options;
    // An earlier process may have left something.
    this.#scheduleLook();
    this.#schedulePacking();
  }

  noteRecorded(records: number): void {
    this.#recorded += records;
    this.#scheduleLook();
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelLook?.();
    this.#cancelPacking?.();
    this.#options.threads.giveWay();
    await this.#indexing;
    await this.#packing;
  }

  #scheduleLook(): void {
    this.#cancelLook ??= this.#options.clock.schedule(lookEveryMs, () => {
      this.#cancelLook = null;
      const isBusy = this.#recorded > busyRecords;
      this.#recorded = 0;
      if (isBusy) this.#scheduleLook();
      else this.#indexing = this.#index();
    });
  }

  async #index(): Promise<void> {
    const { threads, log } = this.#options;
    try {
      while (!this.#isClosed) {
        const turns = await threads.read("nextTurns", null);
        if (turns.through > 0) await threads.write("addWords", turns);
        if (turns.isLast) {
          await threads.read("shrinkLog", null);
          return;
        }
        if (this.#recorded > busyRecords) break;
      }
      if (!this.#isClosed) this.#scheduleLook();
    } catch (error) {
      log.warn("Words of recorded turns could not be indexed; searching them takes longer.", { error });
    }
  }

  #schedulePacking(): void {
    const { clock, packEveryMs } = this.#options;
    if (packEveryMs === null || this.#isClosed) return;
    this.#cancelPacking = clock.schedule(packEveryMs, () => {
      this.#packing = this.#pack().finally(() => this.#schedulePacking());
    });
  }

  async #pack(): Promise<void> {
    const { threads, log } = this.#options;
    try {
      for (const fileId of await threads.read("unpackedFiles", null)) {
        const isPacked = await threads.aloneUntilWanted(
          () => this.#packFile(fileId),
          () => void threads.read("cancelPacking", null).catch(() => undefined),
        );
        if (!isPacked || this.#isClosed) return;
      }
    } catch (error) {
      log.warn("A file of bodies could not be packed.", { error });
    }
  }

  async #packFile(fileId: number): Promise<boolean> {
    const { threads } = this.#options;
    if (this.#isClosed) return false;
    const packed = await threads.read("packFile", { fileId });
    if (packed === null) return false;
    await threads.write("adoptPacked", packed);
    await threads.read("closeFiles", null);
    return true;
  }
}
