import { closeSync, fdatasync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { systemErrorCode } from "../../failure/store-failure.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import type { LedgerWriter } from "../writer/ledger-writer.js";

const sync = promisify(fdatasync);

/** Between two looks at what else there is to do. */
const piecesAtOnce = 20;

export interface BodyEraserOptions {
  readonly writer: LedgerWriter;
  readonly database: SqlDatabase;
  readonly bodiesDirectory: string;
}

interface Erasure {
  readonly body_file: number;
  /** Null when the file is gone. */
  readonly name: string | null;
  readonly file_offset: number;
  readonly file_bytes: number;
}

/** Overwrites what belongs to no record any more. What is put down to be erased is erased, whatever dies when. */
export class BodyEraser {
  readonly #options: BodyEraserOptions;
  readonly #next: SqlStatement;
  readonly #done: SqlStatement;

  constructor(options: BodyEraserOptions) {
    this.#options = options;
    this.#next = options.database.prepare(
      `SELECT body_file, name, file_offset, file_bytes
       FROM pending_erasures LEFT JOIN body_files ON body_files.id = body_file
       ORDER BY body_file LIMIT ${piecesAtOnce}`,
    );
    this.#done = options.database.prepare("DELETE FROM pending_erasures WHERE body_file = ? AND file_offset = ?");
  }

  /** Until nothing is left to erase. */
  async eraseAll(): Promise<void> {
    for (;;) {
      const next = this.#next.all<Erasure>();
      const [first] = next;
      if (first === undefined) return;
      const ofOneFile = next.filter(({ body_file }) => body_file === first.body_file);
      if (first.name !== null) await this.#overwrite(first.name, ofOneFile);
      this.#options.writer.transact(() => {
        for (const { body_file, file_offset } of ofOneFile) this.#done.run(body_file, file_offset);
      });
    }
  }

  async #overwrite(name: string, erasures: readonly Erasure[]): Promise<void> {
    const descriptor = this.#open(name);
    if (descriptor === null) return;
    try {
      for (const { file_offset: offset, file_bytes: bytes } of erasures) {
        writeSync(descriptor, Buffer.alloc(bytes), 0, bytes, offset);
      }
      await sync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }

  #open(name: string): number | null {
    try {
      return openSync(join(this.#options.bodiesDirectory, name), "r+");
    } catch (error) {
      if (systemErrorCode(error) === "ENOENT") return null;
      throw error;
    }
  }
}
