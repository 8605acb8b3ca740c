import type { FileHandle } from "node:fs/promises";
import { crc32 } from "node:zlib";
import {
  bodiesChecksum,
  decodeFrameHeader,
  type FrameHeader,
  findMarker,
  frameBytes,
  frameHeaderBytes,
} from "./frame.js";
import { segmentHeaderBytes } from "./segment-header.js";
import { WindowReader } from "./window-reader.js";

/** Bytes that are not what was written: an unreadable stretch, an entry whose JSON is damaged, or only its bodies. */
export interface SegmentDamage {
  readonly what: "unreadable" | "entry" | "bodies";
  readonly offset: number;
  readonly bytes: number;
}

export interface SegmentScan {
  /** The end of the last whole frame, or of the damage behind it. */
  readonly endOffset: number;
  /** The file ends within a frame that was being written: nobody was told that it is there. */
  readonly torn: boolean;
  readonly damage: readonly SegmentDamage[];
}

export interface ScannedFrame {
  /** By which the entry is known: in a compressed segment, where it stood before. */
  readonly offset: number;
  /** Where it stands. */
  readonly fileOffset: number;
  readonly header: FrameHeader;
  readonly json: string;
}

export interface ScanOptions {
  readonly file: FileHandle;
  readonly salt: number;
  /** Also check the bodies, which costs reading them. */
  readonly verifyBodies: boolean;
  readonly onFrame: (frame: ScannedFrame) => void;
}

/** Reads every intact frame in order. What is damaged is stepped over and reported, never taken for the end. */
export async function scanSegment(options: ScanOptions): Promise<SegmentScan> {
  const { file, salt, verifyBodies, onFrame } = options;
  const { size } = await file.stat();
  const reader = new WindowReader(file);
  const damage: SegmentDamage[] = [];
  let offset = segmentHeaderBytes;
  while (offset < size) {
    if (size - offset < frameHeaderBytes) return { endOffset: offset, torn: true, damage };
    const header = decodeFrameHeader(
      reader.peek(offset, frameHeaderBytes) ?? (await reader.load(offset, frameHeaderBytes)),
      0,
      salt,
    );
    if (header === null) {
      const next = await findFrame(reader, offset + 1, size, salt);
      damage.push({ what: "unreadable", offset, bytes: next - offset });
      offset = next;
      continue;
    }
    const bytes = frameBytes(header);
    if (offset + bytes > size) return { endOffset: offset, torn: true, damage };
    const jsonOffset = offset + frameHeaderBytes;
    const json = reader.peek(jsonOffset, header.jsonBytes) ?? (await reader.load(jsonOffset, header.jsonBytes));
    if (header.isTable) {
      offset += bytes;
      continue;
    }
    if (crc32(json, salt) === header.jsonCrc) {
      onFrame({ offset: header.movedFrom ?? offset, fileOffset: offset, header, json: json.toString("utf8") });
      if (verifyBodies && header.hasBodies && !(await hasIntactBodies(reader, offset, header, salt))) {
        damage.push({ what: "bodies", offset, bytes });
      }
    } else {
      damage.push({ what: "entry", offset, bytes });
    }
    offset += bytes;
  }
  return { endOffset: offset, torn: false, damage };
}

async function hasIntactBodies(reader: WindowReader, offset: number, header: FrameHeader, salt: number) {
  const bodiesOffset = offset + frameHeaderBytes + header.jsonBytes;
  const bodies = await reader.load(bodiesOffset, header.requestBytes + header.responseBytes);
  const request = bodies.subarray(0, header.requestBytes);
  return bodiesChecksum(request, bodies.subarray(header.requestBytes), salt) === header.bodiesCrc;
}

const searchBytes = 1 << 16;

/** The first offset from `from` on where a frame header stands; the size when there is none. */
async function findFrame(reader: WindowReader, from: number, size: number, salt: number): Promise<number> {
  let offset = from;
  while (offset < size) {
    const chunk = await reader.load(offset, Math.min(searchBytes, size - offset));
    for (let at = findMarker(chunk, 0); at !== -1; at = findMarker(chunk, at + 1)) {
      if (chunk.length - at < frameHeaderBytes) break;
      if (decodeFrameHeader(chunk, at, salt) !== null) return offset + at;
    }
    if (offset + chunk.length >= size) return size;
    offset += chunk.length - frameHeaderBytes + 1;
  }
  return size;
}
