import type { FileHandle } from "node:fs/promises";
import { bodiesChecksum, decodeFrameHeader, encodeTableFrame, frameHeaderBytes } from "./frame.js";
import { readRange } from "./read-range.js";

/** Where a compressed segment's frames stand, by where they stood before. */
export interface OffsetTable {
  /** Null when no frame stood there. */
  find(offset: number): number | null;
}

/** Pairs of old and new offset, ascending. */
export function createOffsetTable(pairs: Uint32Array): OffsetTable {
  return {
    find(offset) {
      let low = 0;
      let high = pairs.length / 2;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((pairs[2 * middle] ?? 0) < offset) low = middle + 1;
        else high = middle;
      }
      return pairs[2 * low] === offset ? (pairs[2 * low + 1] ?? null) : null;
    },
  };
}

/** The frame that ends a compressed segment. Its last bytes tell where it begins. */
export function encodeOffsetTable(pairs: Uint32Array, fileOffset: number, salt: number): readonly Uint8Array[] {
  const request = Buffer.from(pairs.buffer, pairs.byteOffset, pairs.byteLength);
  const response = Buffer.alloc(4);
  response.writeUInt32LE(fileOffset);
  return encodeTableFrame({ request, response }, salt);
}

/** Null when the table is damaged; the frames themselves then tell. */
export async function readOffsetTable(file: FileHandle, salt: number): Promise<OffsetTable | null> {
  const { size } = await file.stat();
  const tail = await readRange(file, Math.max(0, size - 4), 4);
  if (tail.length < 4) return null;
  const fileOffset = tail.readUInt32LE();
  if (fileOffset + frameHeaderBytes > size) return null;
  const frame = await readRange(file, fileOffset, size - fileOffset);
  const header = decodeFrameHeader(frame, 0, salt);
  if (header === null || !header.isTable) return null;
  const bodies = new Uint8Array(frame.subarray(frameHeaderBytes + header.jsonBytes));
  const pairs = bodies.subarray(0, header.requestBytes);
  if (bodiesChecksum(pairs, bodies.subarray(header.requestBytes), salt) !== header.bodiesCrc) return null;
  return createOffsetTable(new Uint32Array(bodies.buffer, 0, header.requestBytes / 4));
}
