import { type FileHandle, open, rename } from "node:fs/promises";
import { join } from "node:path";
import { syncDirectory } from "../../directory/durable-file.js";
import { readRange } from "../../directory/read-range.js";
import type { SqlDatabase } from "../driver/sql-database.js";
import { blockBytes, packBlock } from "./block-codec.js";
import { packedName } from "./body-file-name.js";
import { bodyFrameBytes, bodyHeaderBytes, decodeBodyFrame } from "./body-frame.js";

/** A stretch of frames, as it would lie in a plain file, and where it lies packed. */
export interface PackedBlock {
  readonly firstOffset: number;
  readonly bytes: number;
  readonly fileOffset: number;
  readonly fileBytes: number;
}

/** A packed file that is on the medium, and which place each record's bodies have in it. */
export interface PackedFile {
  readonly sourceId: number;
  readonly name: string;
  readonly blocks: readonly PackedBlock[];
  readonly positions: Float64Array;
  readonly offsets: Float64Array;
}

export interface PackOptions {
  readonly database: SqlDatabase;
  readonly bodiesDirectory: string;
  /** Of a file that does not grow any more. */
  readonly fileId: number;
  /** Asked between blocks: true gives up. */
  readonly isCancelled: () => boolean;
}

interface SourceRow {
  readonly position: number;
  readonly body_offset: number;
  readonly body_bytes: number;
}

/** Names of files that are not whole yet. */
const packingSuffix = ".tmp";

/**
 * Writes a packed copy of a file of bodies: conversation by conversation, so that what a request repeats of the ones
 * before is stored once. Null when anything in it is not as it was written, or when it was called off.
 */
export async function packBodies(options: PackOptions): Promise<PackedFile | null> {
  const { database, bodiesDirectory, fileId } = options;
  const source = database
    .prepare("SELECT name, first_position FROM body_files WHERE id = ?")
    .get<{ name: string; first_position: number }>(fileId);
  if (source === undefined) return null;
  const rows = database
    .prepare(
      `SELECT position, body_offset, body_bytes FROM records
       WHERE body_file = ? AND position >= ? ORDER BY conversation_id, position`,
    )
    .all<SourceRow>(fileId, source.first_position);
  const name = packedName(source.name);
  const path = join(bodiesDirectory, name);
  const from = await open(join(bodiesDirectory, source.name), "r");
  const to = await open(`${path}${packingSuffix}`, "w", 0o600);
  try {
    const packed = await copyFrames(from, to, rows, options.isCancelled);
    if (packed === null) return null;
    await to.sync();
    await rename(`${path}${packingSuffix}`, path);
    await syncDirectory(bodiesDirectory);
    return { sourceId: fileId, name, ...packed };
  } finally {
    await from.close();
    await to.close();
  }
}

async function copyFrames(from: FileHandle, to: FileHandle, rows: readonly SourceRow[], isCancelled: () => boolean) {
  const blocks: PackedBlock[] = [];
  const positions = new Float64Array(rows.length);
  const offsets = new Float64Array(rows.length);
  let frames: Buffer[] = [];
  let firstOffset = 0;
  let end = 0;
  let fileEnd = 0;
  for (const [index, row] of rows.entries()) {
    const frame = await readRange(from, row.body_offset, row.body_bytes);
    if (decodeBodyFrame(frame)?.position !== row.position) return null;
    positions[index] = row.position;
    offsets[index] = end;
    frames.push(frame);
    end += frame.length;
    if (end - firstOffset < blockBytes && index < rows.length - 1) continue;
    if (isCancelled()) return null;
    const block = await packBlock(Buffer.concat(frames));
    await to.write(block, 0, block.length, fileEnd);
    blocks.push({ firstOffset, bytes: end - firstOffset, fileOffset: fileEnd, fileBytes: block.length });
    fileEnd += block.length;
    firstOffset = end;
    frames = [];
  }
  return { blocks, positions, offsets };
}

/** The place of each frame of a block, by its record's position. Frames that were erased are passed over. */
export function listFrames(block: Buffer): readonly { readonly position: number; readonly offset: number }[] {
  const found: { position: number; offset: number }[] = [];
  for (let offset = 0; offset + bodyHeaderBytes <= block.length; ) {
    const bytes = bodyFrameBytes(block, offset);
    const frame = decodeBodyFrame(block.subarray(offset, offset + bytes));
    if (frame !== null) found.push({ position: frame.position, offset });
    offset += bytes;
  }
  return found;
}
