import { constants, type FileHandle, open, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "@copilot-llm/model";
import type { DirectoryLock } from "../../directory/directory-lock.js";
import { syncDirectory } from "../../directory/durable-file.js";
import { readRange } from "../../directory/read-range.js";
import { systemErrorCode } from "../../failure/store-failure.js";
import type { LedgerEntry } from "../../interfaces/ledger.js";
import { BatchQueue } from "../batch-queue.js";
import { encodeSpooledEntry, parseSpooledEntry } from "./spooled-entry.js";

export interface SpoolOptions {
  readonly directory: string;
  readonly lock: DirectoryLock;
  readonly log: Log;
}

/** Puts entries on record in the database; throws what prevents it. */
export type Deliver = (entries: readonly LedgerEntry[]) => Promise<void>;

const fileName = "records.spool";
const deliveredAtOnce = 64;
const maxBatchEntries = 256;
const maxBatchBytes = 16 << 20;
const readBytes = 1 << 20;
const lineFeed = 0x0a;

/** Entries on the medium, in the order in which they came, until they are delivered: a file with a line for each. */
export class Spool {
  readonly #options: SpoolOptions;
  readonly #file: FileHandle;
  readonly #queue: BatchQueue<string, undefined>;
  #end: number;
  #isLost = false;

  private constructor(options: SpoolOptions, file: FileHandle, end: number) {
    this.#options = options;
    this.#file = file;
    this.#end = end;
    options.lock.onLost(({ message }) => {
      this.#isLost = true;
      options.log.error(message);
    });
    this.#queue = new BatchQueue({
      run: (lines) => this.#write(lines),
      maxItems: maxBatchEntries,
      maxBytes: maxBatchBytes,
      bytesOf: (line) => line.length,
    });
  }

  static async open(options: SpoolOptions): Promise<Spool> {
    // Not for appending: then the system would choose the place of what is written.
    const file = await open(join(options.directory, fileName), constants.O_RDWR | constants.O_CREAT, 0o600);
    await syncDirectory(options.directory);
    return new Spool(options, file, (await file.stat()).size);
  }

  get isEmpty(): boolean {
    return this.#end === 0;
  }

  /** Resolves when the entry is on the medium. */
  async append(entry: LedgerEntry): Promise<void> {
    await this.#queue.push(encodeSpooledEntry(entry));
  }

  /**
   * With nothing being appended: delivers all, closes the spool and removes it. Throws only what `deliver` throws or
   * what prevents the reading: to be called again. Delivering again changes nothing.
   */
  async deliver(deliver: Deliver): Promise<void> {
    let entries: LedgerEntry[] = [];
    for await (const entry of this.#entries()) {
      entries.push(entry);
      if (entries.length < deliveredAtOnce) continue;
      await deliver(entries);
      entries = [];
    }
    if (entries.length > 0) await deliver(entries);
    await this.#remove();
  }

  async close(): Promise<void> {
    await this.#queue.settle();
    try {
      await this.#file.close();
    } finally {
      await this.#options.lock.release();
    }
  }

  async #remove(): Promise<void> {
    const { directory, log } = this.#options;
    try {
      await this.close();
      // What another process took over is its to remove.
      if (!this.#isLost) await rm(directory, { recursive: true, force: true });
    } catch (error) {
      log.warn(
        "Delivered records stay on disk as well, until the next start delivers them again, which adds nothing.",
        {
          directory,
          error,
        },
      );
    }
  }

  async *#entries(): AsyncIterable<LedgerEntry> {
    let isDamaged = false;
    for await (const line of this.#lines()) {
      const entry = parseSpooledEntry(line.toString());
      if (entry !== null) yield entry;
      isDamaged ||= entry === null;
    }
    if (isDamaged) this.#options.log.error("Part of what waited on disk for the database cannot be read.");
  }

  /** Whole lines only: one that was being written when the process ended was not acknowledged. */
  async *#lines(): AsyncIterable<Buffer> {
    let rest = Buffer.alloc(0);
    for (let offset = 0; offset < this.#end; offset += readBytes) {
      rest = Buffer.concat([rest, await readRange(this.#file, offset, Math.min(readBytes, this.#end - offset))]);
      for (let end = rest.indexOf(lineFeed); end !== -1; end = rest.indexOf(lineFeed)) {
        yield rest.subarray(0, end);
        rest = rest.subarray(end + 1);
      }
    }
  }

  /** As a whole, or not at all. */
  async #write(lines: readonly string[]): Promise<readonly undefined[]> {
    await this.#options.lock.requireHeld();
    const bytes = Buffer.from(lines.join(""));
    try {
      await this.#writeAtEnd(bytes);
      await this.#file.datasync();
    } catch (error) {
      // Where this fails too, the next batch is written over what is left.
      await this.#file.truncate(this.#end).catch((cause: unknown) => {
        if (systemErrorCode(cause) === null) throw cause;
      });
      throw error;
    }
    this.#end += bytes.length;
    return lines.map(() => undefined);
  }

  async #writeAtEnd(bytes: Buffer): Promise<void> {
    for (let written = 0; written < bytes.length; ) {
      const result = await this.#file.write(bytes, written, bytes.length - written, this.#end + written);
      written += result.bytesWritten;
    }
  }
}
