import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { GatewayError, type StoredFile } from "@copilot-llm/model";
import { createStoreFailure } from "../../failure/store-failure.js";
import { storableText } from "../../stored-text/storable-text.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";

/** Which files there are; each lies in the directory under its position. */
export class FileWriter {
  readonly #directory: string;
  readonly #insert: SqlStatement;
  readonly #remove: SqlStatement;
  readonly #removeInternal: SqlStatement;
  readonly #removeExpired: SqlStatement;

  constructor(database: SqlDatabase, directory: string) {
    this.#directory = directory;
    this.#insert = database.prepare(
      `INSERT INTO files (id, owner_id, name, purpose, bytes, created_at_ms, expires_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING RETURNING position`,
    );
    this.#remove = database.prepare("DELETE FROM files WHERE id = ? RETURNING position");
    this.#removeInternal = database.prepare(
      "DELETE FROM files WHERE id = ? AND purpose = 'batch_internal' RETURNING position",
    );
    this.#removeExpired = database.prepare(
      `DELETE FROM files WHERE expires_at_ms <= ? AND NOT EXISTS
         (SELECT 1 FROM batches WHERE file_id = files.id AND ended_at_ms IS NULL) RETURNING position`,
    );
    makeFilesDirectory(directory, database);
    removeLeftovers(directory, database);
  }

  /** Within a transaction: what was written under the temporary name becomes the file. */
  add(file: StoredFile, temporaryName: string): void {
    const { id, ownerId, name, purpose, bytes, createdAtMs, expiresAtMs } = file;
    const added = this.#insert.get<{ position: number }>(
      ...[id, ownerId, storableText(name), purpose, bytes, createdAtMs, expiresAtMs],
    );
    if (added === undefined) throw new GatewayError("conflict", "There is a file with this id already.");
    renameSync(join(this.#directory, temporaryName), join(this.#directory, String(added.position)));
    syncDirectory(this.#directory);
  }

  /** Within a transaction, as those below. Gives back what is to be unlinked after it. */
  remove(id: string): readonly number[] {
    return positions(this.#remove.all(id));
  }

  removeInternal(id: string): readonly number[] {
    return positions(this.#removeInternal.all(id));
  }

  removeExpired(nowMs: number): readonly number[] {
    return positions(this.#removeExpired.all(nowMs));
  }

  /** What cannot be removed now is at the next start. */
  unlink(removed: readonly number[]): void {
    for (const position of removed) rmSync(join(this.#directory, String(position)), { force: true });
  }
}

function positions(rows: readonly { readonly position: number }[]): readonly number[] {
  return rows.map(({ position }) => position);
}

function syncDirectory(path: string): void {
  const descriptor = openSync(path, "r");
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** Empty directories are not in a backup; one that held something must be there. */
function makeFilesDirectory(path: string, database: SqlDatabase): void {
  if (existsSync(path)) return;
  if (database.prepare("SELECT 1 AS found FROM files LIMIT 1").get() !== undefined) {
    throw createStoreFailure(`${path} is missing: restore it from a backup. Nothing starts without it.`);
  }
  mkdirSync(path, { mode: 0o700 });
}

/** What an earlier process did not finish, or had no time to remove. */
function removeLeftovers(path: string, database: SqlDatabase): void {
  const known = database.prepare("SELECT 1 AS found FROM files WHERE position = CAST(? AS INTEGER)");
  for (const name of readdirSync(path)) {
    if (!/^\d+$/.test(name) || known.get(name) === undefined)
      rmSync(join(path, name), { recursive: true, force: true });
  }
}
