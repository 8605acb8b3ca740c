import { closeSync, fdatasync, fstatSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { systemErrorCode } from "../../failure/store-failure.js";
import { packBlock } from "../bodies/block-codec.js";
import { BlockTable, readBlock, type StoredBlock } from "../bodies/packed-reader.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import type { LedgerWriter } from "./ledger-writer.js";

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
  /** A whole block of a packed file that another has replaced; else frames, as in a plain file. */
  readonly is_block: number;
  readonly first_offset: number;
  readonly bytes: number;
}

interface ErasedFile {
  readonly name: string;
  readonly packed_from: number | null;
}

/**
 * Overwrites what belongs to no record any more. What is put down to be erased is erased, whatever dies when. In a
 * packed file the block is written anew without it, and then overwritten.
 */
export class BodyEraser {
  readonly #options: BodyEraserOptions;
  readonly #blocks: BlockTable;
  readonly #next: SqlStatement;
  readonly #findFile: SqlStatement;
  readonly #done: SqlStatement;

  constructor(options: BodyEraserOptions) {
    const { database } = options;
    this.#options = options;
    this.#blocks = new BlockTable(database);
    this.#next = database.prepare(
      `SELECT body_file, is_block, first_offset, bytes FROM pending_erasures
       ORDER BY body_file, is_block, first_offset LIMIT ${piecesAtOnce}`,
    );
    this.#findFile = database.prepare("SELECT name, packed_from FROM body_files WHERE id = ?");
    this.#done = database.prepare(
      "DELETE FROM pending_erasures WHERE body_file = ? AND is_block = ? AND first_offset = ?",
    );
  }

  /** Until nothing is left to erase. */
  async eraseAll(): Promise<void> {
    for (;;) {
      const next = this.#next.all<Erasure>();
      const [first] = next;
      if (first === undefined) return;
      const together = next.filter((other) => other.body_file === first.body_file && other.is_block === first.is_block);
      await this.#eraseTogether(first, together);
    }
  }

  async #eraseTogether({ body_file: fileId, is_block: isBlock }: Erasure, erasures: readonly Erasure[]): Promise<void> {
    const file = this.#findFile.get<ErasedFile>(fileId);
    const descriptor = file === undefined ? null : this.#open(file.name);
    if (descriptor === null) {
      this.#finish(erasures);
      return;
    }
    try {
      if (file?.packed_from == null || isBlock === 1) await this.#overwrite(descriptor, erasures);
      else await this.#rewriteBlock(fileId, descriptor, erasures);
    } finally {
      closeSync(descriptor);
    }
  }

  async #overwrite(descriptor: number, erasures: readonly Erasure[]): Promise<void> {
    for (const { first_offset: offset, bytes } of erasures) {
      writeSync(descriptor, Buffer.alloc(bytes), 0, bytes, offset);
    }
    await sync(descriptor);
    this.#finish(erasures);
  }

  async #rewriteBlock(fileId: number, descriptor: number, erasures: readonly Erasure[]): Promise<void> {
    const block = this.#blocks.find(fileId, erasures[0]?.first_offset ?? 0);
    if (block === null) {
      this.#finish(erasures);
      return;
    }
    const end = block.first_offset + block.bytes;
    const within = erasures.filter(({ first_offset: offset }) => offset < end);
    const frames = readBlock(descriptor, block);
    for (const { first_offset: offset, bytes } of within) eraseFrame(frames, offset - block.first_offset, bytes);
    const packed = await packBlock(frames);
    const fileOffset = fstatSync(descriptor).size;
    writeSync(descriptor, packed, 0, packed.length, fileOffset);
    await sync(descriptor);
    this.#replaceBlock(fileId, block, { fileOffset, fileBytes: packed.length }, within);
  }

  #replaceBlock(
    fileId: number,
    block: StoredBlock,
    place: { readonly fileOffset: number; readonly fileBytes: number },
    erasures: readonly Erasure[],
  ): void {
    const { writer, database } = this.#options;
    writer.transact(() => {
      database
        .prepare("UPDATE body_blocks SET file_offset = ?, file_bytes = ? WHERE body_file = ? AND first_offset = ?")
        .run(place.fileOffset, place.fileBytes, fileId, block.first_offset);
      database
        .prepare(
          "INSERT OR IGNORE INTO pending_erasures (body_file, is_block, first_offset, bytes) VALUES (?, 1, ?, ?)",
        )
        .run(fileId, block.file_offset, block.file_bytes);
      this.#markDone(erasures);
    });
  }

  #finish(erasures: readonly Erasure[]): void {
    this.#options.writer.transact(() => this.#markDone(erasures));
  }

  #markDone(erasures: readonly Erasure[]): void {
    for (const { body_file, is_block, first_offset } of erasures) this.#done.run(body_file, is_block, first_offset);
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

const lengthsStart = 4;
const lengthsEnd = 12;

/** Leaves nothing but how long it is: by that the frames behind it are found. */
function eraseFrame(frames: Buffer, offset: number, bytes: number): void {
  frames.fill(0, offset, offset + lengthsStart);
  frames.fill(0, offset + lengthsEnd, offset + bytes);
}
