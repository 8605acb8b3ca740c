import { crc32 } from "node:zlib";

/*
 * The version is that of everything in the segment: a later one begins a new segment. A segment begins with its header twice, so that one damaged byte does not make its frames unreadable:
 * "CLPLOG", version (2 bytes), salt (4), CRC of these 12 bytes (4).
 */
const copyBytes = 16;
export const segmentHeaderBytes = 2 * copyBytes;

const magic = "CLPLOG";
/** The latest version that this software reads, and the one that it writes. */
export const segmentVersion = 1;

export function encodeSegmentHeader(salt: number): Uint8Array {
  const copy = Buffer.alloc(copyBytes);
  copy.write(magic, "latin1");
  copy.writeUInt16LE(segmentVersion, 6);
  copy.writeUInt32LE(salt, 8);
  copy.writeUInt32LE(crc32(copy.subarray(0, 12)), 12);
  return Buffer.concat([copy, copy]);
}

export interface SegmentHeader {
  readonly version: number;
  readonly salt: number;
}

/** Null when both copies are damaged. The version may be one that is not known. */
export function decodeSegmentHeader(buffer: Buffer): SegmentHeader | null {
  for (const offset of [0, copyBytes]) {
    const copy = buffer.subarray(offset, offset + copyBytes);
    if (copy.length < copyBytes || copy.readUInt32LE(12) !== crc32(copy.subarray(0, 12))) continue;
    if (copy.toString("latin1", 0, 6) !== magic) continue;
    return { version: copy.readUInt16LE(6), salt: copy.readUInt32LE(8) };
  }
  return null;
}
