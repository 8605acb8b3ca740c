import { rmSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { listFrames, type PackedFile } from "../bodies/pack-bodies.js";
import { BlockTable, readBlocks } from "../bodies/packed-reader.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import type { LedgerWriter } from "./ledger-writer.js";

export interface PackAdopterOptions {
  readonly writer: LedgerWriter;
  readonly database: SqlDatabase;
  readonly bodiesDirectory: string;
  readonly nextFileId: () => number;
}

/** In one transaction, so that appends need not wait for long. */
const recordsAtOnce = 200;

/** Makes records have their bodies in a packed file, and lets the plain one go. What was begun is finished. */
export class PackAdopter {
  readonly #options: PackAdopterOptions;
  readonly #move: SqlStatement;

  constructor(options: PackAdopterOptions) {
    this.#options = options;
    this.#move = options.database.prepare(
      "UPDATE records SET body_file = ?, body_offset = ? WHERE position = ? AND body_file = ?",
    );
  }

  async adopt(packed: PackedFile): Promise<void> {
    const { writer, database, nextFileId } = this.#options;
    const id = nextFileId();
    writer.transact(() => {
      database
        .prepare(
          `INSERT INTO body_files (id, name, first_position, packed_from)
           SELECT ?, ?, first_position, id FROM body_files WHERE id = ?`,
        )
        .run(id, packed.name, packed.sourceId);
      const add = database.prepare("INSERT INTO body_blocks VALUES (?, ?, ?, ?, ?)");
      for (const block of packed.blocks) {
        add.run(id, block.firstOffset, block.bytes, block.fileOffset, block.fileBytes);
      }
    });
    await this.#moveRecords(id, packed.sourceId, packed.positions, packed.offsets);
    this.#dropSource(packed.sourceId);
  }

  /** For what an earlier process had no time to finish. */
  async resume(): Promise<void> {
    const { database, bodiesDirectory } = this.#options;
    const begun = database
      .prepare(
        `SELECT packed.id, packed.name, packed.packed_from AS source_id FROM body_files AS packed
         JOIN body_files AS source ON source.id = packed.packed_from`,
      )
      .all<{ id: number; name: string; source_id: number }>();
    for (const { id, name, source_id: sourceId } of begun) {
      for (const [block, frames] of readBlocks(join(bodiesDirectory, name), new BlockTable(database).list(id))) {
        const found = listFrames(frames);
        const positions = found.map(({ position }) => position);
        const offsets = found.map(({ offset }) => block.first_offset + offset);
        await this.#moveRecords(id, sourceId, positions, offsets);
      }
      this.#dropSource(sourceId);
    }
  }

  async #moveRecords(id: number, sourceId: number, positions: ArrayLike<number>, offsets: ArrayLike<number>) {
    for (let start = 0; start < positions.length; start += recordsAtOnce) {
      const end = Math.min(start + recordsAtOnce, positions.length);
      this.#options.writer.transact(() => {
        for (let index = start; index < end; index += 1) {
          this.#move.run(id, offsets[index] ?? 0, positions[index] ?? 0, sourceId);
        }
      });
      await setImmediate();
    }
  }

  #dropSource(sourceId: number): void {
    const { writer, database, bodiesDirectory } = this.#options;
    const source = database.prepare("SELECT name FROM body_files WHERE id = ?").get<{ name: string }>(sourceId);
    if (source === undefined) return;
    // The file goes first: without its row nothing would find it again.
    rmSync(join(bodiesDirectory, source.name), { force: true });
    writer.transact(() => database.prepare("DELETE FROM body_files WHERE id = ?").run(sourceId));
  }
}
