import { closeSync, openSync, readSync } from "node:fs";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import { unpackBlock } from "./block-codec.js";

export interface StoredBlock {
  readonly first_offset: number;
  readonly bytes: number;
  readonly file_offset: number;
  readonly file_bytes: number;
}

/** Where the blocks of packed files lie. */
export class BlockTable {
  readonly #find: SqlStatement;
  readonly #list: SqlStatement;

  constructor(database: SqlDatabase) {
    const select = "SELECT first_offset, bytes, file_offset, file_bytes FROM body_blocks WHERE body_file = ?";
    this.#find = database.prepare(`${select} AND first_offset <= ? ORDER BY first_offset DESC LIMIT 1`);
    this.#list = database.prepare(`${select} ORDER BY first_offset`);
  }

  /** The block that holds the offset. */
  find(fileId: number, offset: number): StoredBlock | null {
    const found = this.#find.get<StoredBlock>(fileId, offset);
    return found !== undefined && offset < found.first_offset + found.bytes ? found : null;
  }

  list(fileId: number): readonly StoredBlock[] {
    return this.#list.all<StoredBlock>(fileId);
  }
}

/** Throws when the block cannot be read, or is not as it was written. */
export function readBlock(descriptor: number, block: StoredBlock): Buffer {
  const packed = Buffer.allocUnsafe(block.file_bytes);
  const bytesRead = readSync(descriptor, packed, 0, block.file_bytes, block.file_offset);
  const frames = unpackBlock(packed.subarray(0, bytesRead));
  if (frames.length !== block.bytes) throw new Error("a block of bodies is damaged");
  return frames;
}

/** Reads all blocks of a file, one after the other. */
export function* readBlocks(path: string, blocks: readonly StoredBlock[]): Iterable<readonly [StoredBlock, Buffer]> {
  const descriptor = openSync(path, "r");
  try {
    for (const block of blocks) yield [block, readBlock(descriptor, block)];
  } finally {
    closeSync(descriptor);
  }
}
