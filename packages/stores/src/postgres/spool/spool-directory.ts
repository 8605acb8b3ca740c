import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, GatewayError, type Log } from "@copilot-llm/model";
import { lockDirectory } from "../../directory/directory-lock.js";
import { makeDirectory } from "../../directory/make-directory.js";
import { createStoreFailure, describeSystemError, systemErrorCode } from "../../failure/store-failure.js";
import type { LedgerEntry } from "../../interfaces/ledger.js";
import { type Deliver, Spool } from "./spool.js";

export interface SpoolDirectoryOptions {
  readonly path: string;
  readonly gatewayId: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** The spool that is being written, and the appends to it that have not ended. */
interface GrowingSpool {
  readonly spool: Promise<Spool>;
  readonly appends: Set<Promise<void>>;
}

/**
 * Records that wait on disk for the database: one spool per process below the directory, so that gateways may share
 * it. What a process left behind is delivered by the next one that starts there.
 */
export class SpoolDirectory {
  readonly #options: SpoolDirectoryOptions;
  readonly #ended: Spool[] = [];
  #growing: GrowingSpool | null = null;
  #begun = 0;

  private constructor(options: SpoolDirectoryOptions) {
    this.#options = options;
  }

  static async open(options: SpoolDirectoryOptions): Promise<SpoolDirectory> {
    const directory = new SpoolDirectory(options);
    try {
      await makeDirectory(options.path);
      for (const entry of await readdir(options.path, { withFileTypes: true })) {
        if (entry.isDirectory()) await directory.#adopt(join(options.path, entry.name));
      }
    } catch (error) {
      if (systemErrorCode(error) === null) throw error;
      throw createStoreFailure(`${options.path} cannot be used: ${describeSystemError(error)}.`, error);
    }
    return directory;
  }

  get isEmpty(): boolean {
    return this.#growing === null && this.#ended.length === 0;
  }

  /** Resolves when the entry is on the medium. */
  append(entry: LedgerEntry): Promise<void> {
    this.#growing ??= { spool: this.#begin(), appends: new Set() };
    const growing = this.#growing;
    const appended = growing.spool.then((spool) => spool.append(entry));
    growing.appends.add(appended);
    appended.then(
      () => growing.appends.delete(appended),
      () => growing.appends.delete(appended),
    );
    return appended;
  }

  /** Delivers everything that is waiting, and what comes meanwhile. Stops at the first failure, to be called again. */
  async deliver(deliver: Deliver): Promise<void> {
    while (!this.isEmpty) {
      await this.#endGrowing();
      const [next] = this.#ended;
      if (next === undefined) continue;
      await next.deliver(deliver);
      this.#ended.shift();
    }
  }

  async close(): Promise<void> {
    await this.#endGrowing();
    for (const spool of this.#ended) await spool.close();
  }

  async #endGrowing(): Promise<void> {
    const growing = this.#growing;
    if (growing === null) return;
    this.#growing = null;
    await Promise.allSettled(growing.appends);
    // Where it could not be made, its appends have failed.
    const spool = await growing.spool.catch(() => null);
    if (spool !== null) this.#ended.push(spool);
  }

  async #begin(): Promise<Spool> {
    const { path, gatewayId, clock, log } = this.#options;
    this.#begun += 1;
    const directory = join(path, `${gatewayId}-${this.#begun}`);
    await mkdir(directory, { recursive: true, mode: 0o700 });
    return Spool.open({ directory, lock: await lockDirectory(directory, clock), log });
  }

  async #adopt(directory: string): Promise<void> {
    const { clock, log } = this.#options;
    const lock = await lockDirectory(directory, clock).catch((error: unknown) => {
      // Its process lives and delivers by itself.
      if (error instanceof GatewayError) return null;
      throw error;
    });
    if (lock === null) return;
    const spool = await Spool.open({ directory, lock, log });
    if (!spool.isEmpty) log.warn("Records that an earlier process kept on disk go to the database.", { directory });
    this.#ended.push(spool);
  }
}
