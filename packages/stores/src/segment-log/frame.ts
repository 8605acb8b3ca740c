import { crc32 } from "node:zlib";

/*
 * A frame is one entry of a log: a header of 32 bytes, JSON, and two bodies that may be absent. Little endian:
 *   0 marker  4 JSON bytes  8 first body's bytes  12 second body's bytes
 *   16 CRC of the JSON  20 CRC of the bodies  24 flags  28 CRC of the header up to here
 * In a compressed segment the bodies are deflated, and the flags hold where the frame stood before, by which it goes on
 * being known.
 * Every CRC starts from the log's salt, so that bytes a client sent cannot pass for a frame.
 */
export const frameHeaderBytes = 32;

const marker = Buffer.from([0xf3, 0x4c, 0x4c, 0x4d]);
const hasBodiesFlag = 1;
/** The bodies were destroyed; their place is kept. */
const erasedFlag = 2;
const movedFlag = 4;
/** No entry, but the table of a compressed segment. */
const tableFlag = 8;
const offsetShift = 4;

/** Only frames that stand before this can be moved into a compressed segment. */
export const maxMovedOffset = 2 ** (32 - offsetShift);

/** The request's and the response's bytes, or any other pair. */
export interface FrameBodies {
  readonly request: Uint8Array;
  readonly response: Uint8Array;
}

export interface FrameHeader {
  readonly jsonBytes: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  readonly jsonCrc: number;
  readonly bodiesCrc: number;
  readonly hasBodies: boolean;
  readonly isTable: boolean;
  /** Where the frame stood before its segment was compressed; null in a segment that is not. */
  readonly movedFrom: number | null;
}

/** Below this, copying a body costs less than handing it to the system on its own. */
const copiedBodyBytes = 8192;

/** The frame as buffers to be written one after the other; large bodies are passed on, not copied. */
export function encodeFrame(json: string, bodies: FrameBodies | null, salt: number): readonly Uint8Array[] {
  return encode(json, bodies, bodies === null ? 0 : hasBodiesFlag, salt);
}

/** The frame as it stands in a compressed segment; its bodies must be deflated already. */
export function encodeMovedFrame(
  json: string,
  bodies: FrameBodies | null,
  movedFrom: number,
  salt: number,
): readonly Uint8Array[] {
  const place = ((movedFrom << offsetShift) >>> 0) | movedFlag;
  return encode(json, bodies, (place | (bodies === null ? 0 : hasBodiesFlag)) >>> 0, salt);
}

/** A frame of the log's own, which is no entry. */
export function encodeTableFrame(bodies: FrameBodies, salt: number): readonly Uint8Array[] {
  return encode("null", bodies, tableFlag | hasBodiesFlag, salt);
}

function encode(json: string, bodies: FrameBodies | null, flags: number, salt: number): readonly Uint8Array[] {
  const request = bodies?.request ?? noBytes;
  const response = bodies?.response ?? noBytes;
  const jsonBytes = Buffer.byteLength(json);
  const copied = request.length + response.length <= copiedBodyBytes;
  const head = Buffer.allocUnsafe(frameHeaderBytes + jsonBytes + (copied ? request.length + response.length : 0));
  head.write(json, frameHeaderBytes);
  marker.copy(head);
  head.writeUInt32LE(jsonBytes, 4);
  head.writeUInt32LE(request.length, 8);
  head.writeUInt32LE(response.length, 12);
  head.writeUInt32LE(crc32(head.subarray(frameHeaderBytes, frameHeaderBytes + jsonBytes), salt), 16);
  head.writeUInt32LE(bodiesChecksum(request, response, salt), 20);
  head.writeUInt32LE(flags, 24);
  head.writeUInt32LE(crc32(head.subarray(0, 28), salt), 28);
  if (!copied) return [head, request, response].filter((part) => part.length > 0);
  head.set(request, frameHeaderBytes + jsonBytes);
  head.set(response, frameHeaderBytes + jsonBytes + request.length);
  return [head];
}

/** Null when there is no intact header at the offset. */
export function decodeFrameHeader(buffer: Buffer, offset: number, salt: number): FrameHeader | null {
  if (buffer.length - offset < frameHeaderBytes) return null;
  if (buffer.compare(marker, 0, marker.length, offset, offset + marker.length) !== 0) return null;
  if (buffer.readUInt32LE(offset + 28) !== crc32(buffer.subarray(offset, offset + 28), salt)) return null;
  const flags = buffer.readUInt32LE(offset + 24);
  return {
    jsonBytes: buffer.readUInt32LE(offset + 4),
    requestBytes: buffer.readUInt32LE(offset + 8),
    responseBytes: buffer.readUInt32LE(offset + 12),
    jsonCrc: buffer.readUInt32LE(offset + 16),
    bodiesCrc: buffer.readUInt32LE(offset + 20),
    hasBodies: (flags & (hasBodiesFlag | erasedFlag)) === hasBodiesFlag,
    isTable: (flags & tableFlag) !== 0,
    movedFrom: (flags & movedFlag) === 0 ? null : flags >>> offsetShift,
  };
}

/** The header of the same frame once its bodies are destroyed. */
export function encodeErasedHeader(header: Buffer, salt: number): Buffer {
  const erased = Buffer.from(header.subarray(0, frameHeaderBytes));
  erased.writeUInt32LE((erased.readUInt32LE(24) | erasedFlag) >>> 0, 24);
  erased.writeUInt32LE(crc32(erased.subarray(0, 28), salt), 28);
  return erased;
}

export function frameBytes(header: FrameHeader): number {
  return frameHeaderBytes + header.jsonBytes + header.requestBytes + header.responseBytes;
}

/** Where the next frame might begin, at or after `from`; -1 when nowhere in this buffer. */
export function findMarker(buffer: Buffer, from: number): number {
  return buffer.indexOf(marker, from);
}

export function bodiesChecksum(request: Uint8Array, response: Uint8Array, salt: number): number {
  return crc32(response, crc32(request, salt));
}

const noBytes = new Uint8Array(0);
