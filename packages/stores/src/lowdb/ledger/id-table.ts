import { hash } from "node:crypto";
import { crc32 } from "node:zlib";
import { requestTimeMs } from "./request-time.js";

/*
 * The ids of one sealed segment and where their records stand, for a look-up without reading the segment. On disk:
 * "CLPIDX", version (2), CRC of all that follows (4), entries (4), first and last id time (8 each), foreign ids (4),
 * reserved (4), then the ids' hashes (8 each, ascending) and their offsets (4 each). Can be rebuilt from the segment.
 */
export const idTableHeaderBytes = 40;
const magic = "CLPIDX";
const version = 1;

/** What tells whether a look-up in the table is worth while. */
export interface IdTableSummary {
  readonly entries: number;
  readonly firstTimeMs: number;
  readonly lastTimeMs: number;
  /** Ids that do not tell their time. */
  readonly foreignIds: number;
}

export interface IdTable {
  readonly summary: IdTableSummary;
  /** Offsets where the id's record may stand; the record tells for certain. */
  find(id: string): readonly number[];
}

export function encodeIdTable(offsets: ReadonlyMap<string, number>): Buffer {
  const rows = [...offsets].map(([id, offset]) => ({ key: idHash(id), offset }));
  rows.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const summary = summarise(offsets.keys());
  const buffer = Buffer.alloc(idTableHeaderBytes + rows.length * 12);
  buffer.write(magic, "latin1");
  buffer.writeUInt16LE(version, 6);
  buffer.writeUInt32LE(rows.length, 12);
  buffer.writeDoubleLE(summary.firstTimeMs, 16);
  buffer.writeDoubleLE(summary.lastTimeMs, 24);
  buffer.writeUInt32LE(summary.foreignIds, 32);
  rows.forEach(({ key, offset }, index) => {
    buffer.writeBigUInt64LE(key, idTableHeaderBytes + index * 8);
    buffer.writeUInt32LE(offset, idTableHeaderBytes + rows.length * 8 + index * 4);
  });
  buffer.writeUInt32LE(crc32(buffer.subarray(12)), 8);
  return buffer;
}

/** Null when the bytes are no intact table of this version. */
export function decodeIdTable(buffer: Buffer): IdTable | null {
  const summary = decodeIdTableSummary(buffer);
  if (summary === null || buffer.length !== idTableHeaderBytes + summary.entries * 12) return null;
  return buffer.readUInt32LE(8) === crc32(buffer.subarray(12)) ? readIdTable(buffer, summary) : null;
}

/** For bytes that `encodeIdTable` made or that are verified. */
export function readIdTable(buffer: Buffer, summary = readSummary(buffer)): IdTable {
  const keyAt = (index: number) => buffer.readBigUInt64LE(idTableHeaderBytes + index * 8);
  return {
    summary,
    find(id) {
      const key = idHash(id);
      const found: number[] = [];
      for (let index = lowerBound(summary.entries, keyAt, key); index < summary.entries; index += 1) {
        if (keyAt(index) !== key) break;
        found.push(buffer.readUInt32LE(idTableHeaderBytes + summary.entries * 8 + index * 4));
      }
      return found;
    },
  };
}

/** From the header alone, unverified: good for deciding whether to read the table. */
export function decodeIdTableSummary(buffer: Buffer): IdTableSummary | null {
  if (buffer.length < idTableHeaderBytes) return null;
  if (buffer.toString("latin1", 0, 6) !== magic || buffer.readUInt16LE(6) !== version) return null;
  return readSummary(buffer);
}

function readSummary(buffer: Buffer): IdTableSummary {
  return {
    entries: buffer.readUInt32LE(12),
    firstTimeMs: buffer.readDoubleLE(16),
    lastTimeMs: buffer.readDoubleLE(24),
    foreignIds: buffer.readUInt32LE(32),
  };
}

/** Whether the segment can hold an id that tells this time, or none. */
export function mayHoldId(summary: IdTableSummary, timeMs: number | null): boolean {
  if (timeMs === null) return summary.foreignIds > 0;
  return timeMs >= summary.firstTimeMs && timeMs <= summary.lastTimeMs;
}

function summarise(ids: Iterable<string>): Omit<IdTableSummary, "entries"> {
  let firstTimeMs = Number.POSITIVE_INFINITY;
  let lastTimeMs = Number.NEGATIVE_INFINITY;
  let foreignIds = 0;
  for (const id of ids) {
    const timeMs = requestTimeMs(id);
    if (timeMs === null) foreignIds += 1;
    else {
      firstTimeMs = Math.min(firstTimeMs, timeMs);
      lastTimeMs = Math.max(lastTimeMs, timeMs);
    }
  }
  return { firstTimeMs, lastTimeMs, foreignIds };
}

function idHash(id: string): bigint {
  return hash("sha1", id, "buffer").readBigUInt64LE(0);
}

function lowerBound(length: number, keyAt: (index: number) => bigint, key: bigint): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keyAt(middle) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
