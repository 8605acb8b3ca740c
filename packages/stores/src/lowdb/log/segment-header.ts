import { crc32 } from "node:zlib";

/*
 * A segment begins with its header twice, so that one damaged byte does not make its frames unreadable:
 * "CLPLOG", version (2 bytes), salt (4), CRC of these 12 bytes (4).
 */
const copyBytes = 16;
export const segmentHeaderBytes = 2 * copyBytes;

const magic = "CLPLOG";
const version = 1;

export function encodeSegmentHeader(salt: number): Uint8Array {
  const copy = Buffer.alloc(copyBytes);
  copy.write(magic, "latin1");
  copy.writeUInt16LE(version, 6);
  copy.writeUInt32LE(salt, 8);
  copy.writeUInt32LE(crc32(copy.subarray(0, 12)), 12);
  return Buffer.concat([copy, copy]);
}

/** The salt, or null when both copies are damaged or were written by a version that this one does not know. */
export function decodeSegmentHeader(buffer: Buffer): number | null {
  for (const offset of [0, copyBytes]) {
    const copy = buffer.subarray(offset, offset + copyBytes);
    if (copy.length < copyBytes || copy.readUInt32LE(12) !== crc32(copy.subarray(0, 12))) continue;
    if (copy.toString("latin1", 0, 6) === magic && copy.readUInt16LE(6) === version) return copy.readUInt32LE(8);
  }
  return null;
}
