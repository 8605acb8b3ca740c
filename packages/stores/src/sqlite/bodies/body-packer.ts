import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import { type PackedFile, packBodies } from "./pack-bodies.js";

/** Packs files of bodies, one at a time. */
export class BodyPacker {
  readonly #database: SqlDatabase;
  readonly #bodiesDirectory: string;
  readonly #list: SqlStatement;
  /** Something in them is not as it was written: they stay as they are. */
  readonly #damaged = new Set<number>();
  #isCancelled = false;

  constructor(database: SqlDatabase, bodiesDirectory: string) {
    this.#database = database;
    this.#bodiesDirectory = bodiesDirectory;
    this.#list = database.prepare(
      `SELECT id FROM body_files AS file WHERE packed_from IS NULL
       AND id < (SELECT max(id) FROM body_files WHERE packed_from IS NULL)
       AND NOT EXISTS (SELECT 1 FROM body_files AS packed WHERE packed.packed_from = file.id) ORDER BY id`,
    );
  }

  list(): readonly number[] {
    const ids = this.#list.all<{ id: number }>().map(({ id }) => id);
    return ids.filter((id) => !this.#damaged.has(id));
  }

  /** Null when it was called off, or the file cannot be packed. */
  async pack(fileId: number): Promise<PackedFile | null> {
    this.#isCancelled = false;
    const packed = await packBodies({
      database: this.#database,
      bodiesDirectory: this.#bodiesDirectory,
      fileId,
      isCancelled: () => this.#isCancelled,
    });
    if (packed === null && !this.#isCancelled) this.#damaged.add(fileId);
    return packed;
  }

  cancel(): void {
    this.#isCancelled = true;
  }
}
