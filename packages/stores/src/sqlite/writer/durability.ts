import { closeSync, fdatasync, openSync } from "node:fs";
import { promisify } from "node:util";
import type { BodyAppender } from "../bodies/body-appender.js";

const sync = promisify(fdatasync);

/** Brings what was committed to the medium, beside the writing. */
export class Durability {
  readonly #walPath: string;
  readonly #bodies: BodyAppender;
  #wal: number | null = null;

  constructor(databasePath: string, bodies: BodyAppender) {
    this.#walPath = `${databasePath}-wal`;
    this.#bodies = bodies;
  }

  /** Everything that was committed before the call. Bodies first: a record on the medium has them. */
  async sync(): Promise<void> {
    await this.#bodies.sync();
    this.#wal ??= openSync(this.#walPath, "r+");
    await sync(this.#wal);
  }

  close(): void {
    if (this.#wal !== null) closeSync(this.#wal);
    this.#wal = null;
  }
}
