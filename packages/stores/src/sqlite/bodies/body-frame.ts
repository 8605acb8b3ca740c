import { crc32 } from "node:zlib";

/*
 * The bodies of one record as they lie in a file of bodies, behind a header of 24 bytes, little endian:
 *   0 CRC of all that follows  4 the request's bytes  8 the response's bytes  12 reserved  16 the record's position
 */
export const bodyHeaderBytes = 24;

/** Writes everything of the header that is known before the record has a position; the bodies follow it. */
export function reserveBodyHeader(view: DataView, offset: number, requestBytes: number, responseBytes: number): void {
  view.setUint32(offset + 4, requestBytes, true);
  view.setUint32(offset + 8, responseBytes, true);
  view.setUint32(offset + 12, 0, true);
}

/** Of the frame that begins at the offset. */
export function bodyFrameBytes(buffer: Buffer, offset: number): number {
  return bodyHeaderBytes + buffer.readUInt32LE(offset + 4) + buffer.readUInt32LE(offset + 8);
}

/** Completes the header of the frame that begins at the offset. */
export function sealBodyFrame(buffer: Buffer, offset: number, position: number): void {
  const end = offset + bodyFrameBytes(buffer, offset);
  buffer.writeDoubleLE(position, offset + 16);
  buffer.writeUInt32LE(crc32(buffer.subarray(offset + 4, end)), offset);
}

export interface BodyFrame {
  readonly position: number;
  readonly request: Buffer;
  readonly response: Buffer;
}

/** Null unless the bytes are just one frame, and as it was written. */
export function decodeBodyFrame(frame: Buffer): BodyFrame | null {
  if (frame.length < bodyHeaderBytes || frame.readUInt32LE(0) !== crc32(frame.subarray(4))) return null;
  if (bodyFrameBytes(frame, 0) !== frame.length) return null;
  const requestEnd = bodyHeaderBytes + frame.readUInt32LE(4);
  return {
    position: frame.readDoubleLE(16),
    request: frame.subarray(bodyHeaderBytes, requestEnd),
    response: frame.subarray(requestEnd),
  };
}
