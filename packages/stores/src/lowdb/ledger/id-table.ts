import { crc32 } from "node:zlib";
import { textHash } from "../text-hash.js";
import { requestTimeMs } from "./request-time.js";

/*
 * The ids of one sealed segment and where their records stand, for a look-up without reading the segment. On disk:
 * "CLPIDX", version (2), CRC of all that follows (4), slots (4), first and last id time (8 each), foreign ids (4),
 * reserved (4), then each slot's id hash (8) and each slot's offset (4; 0 when free). An id is in the first slot from
 * its hash on, round the end, that was free. Can be rebuilt from the segment.
 */
export const idTableHeaderBytes = 40;
const magic = "CLPIDX";
const version = 2;
/** Its head was the same, what follows was not. */
const firstVersion = 1;
const slotsPerId = 1.5;

/** What tells whether a look-up in the table is worth while. */
export interface IdTableSummary {
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
  const slots = Math.ceil(offsets.size * slotsPerId) + 1;
  const hashes = new Float64Array(slots);
  const places = new Uint32Array(slots);
  for (const [id, offset] of offsets) {
    const hash = textHash(id);
    let slot = hash % slots;
    while (places[slot] !== 0) slot = (slot + 1) % slots;
    hashes[slot] = hash;
    places[slot] = offset;
  }
  const summary = summarise(offsets.keys());
  const header = Buffer.alloc(idTableHeaderBytes);
  header.write(magic, "latin1");
  header.writeUInt16LE(version, 6);
  header.writeUInt32LE(slots, 12);
  header.writeDoubleLE(summary.firstTimeMs, 16);
  header.writeDoubleLE(summary.lastTimeMs, 24);
  header.writeUInt32LE(summary.foreignIds, 32);
  const buffer = Buffer.concat([header, Buffer.from(hashes.buffer), Buffer.from(places.buffer)]);
  buffer.writeUInt32LE(crc32(buffer.subarray(12)), 8);
  return buffer;
}

/** Null when the bytes are no intact table of this version. */
export function decodeIdTable(buffer: Buffer): IdTable | null {
  const summary = decodeIdTableSummary(buffer);
  if (summary === null || buffer.readUInt16LE(6) !== version) return null;
  return buffer.readUInt32LE(8) === crc32(buffer.subarray(12)) ? readIdTable(buffer, summary) : null;
}

/** For bytes that `encodeIdTable` made or that are verified. */
export function readIdTable(buffer: Buffer, summary = readSummary(buffer)): IdTable {
  const slots = buffer.readUInt32LE(12);
  const offsetAt = (slot: number) => buffer.readUInt32LE(idTableHeaderBytes + slots * 8 + slot * 4);
  const hashAt = (slot: number) => buffer.readDoubleLE(idTableHeaderBytes + slot * 8);
  return {
    summary,
    find(id) {
      const hash = textHash(id);
      const found: number[] = [];
      for (let slot = hash % slots; offsetAt(slot) !== 0; slot = (slot + 1) % slots) {
        if (hashAt(slot) === hash) found.push(offsetAt(slot));
      }
      return found;
    },
  };
}

/** From the header alone, unverified and of any version that is known: good for deciding whether to read the table. */
export function decodeIdTableSummary(buffer: Buffer): IdTableSummary | null {
  if (buffer.length < idTableHeaderBytes) return null;
  if (buffer.toString("latin1", 0, 6) !== magic) return null;
  return [firstVersion, version].includes(buffer.readUInt16LE(6)) ? readSummary(buffer) : null;
}

/** Whether the segment can hold an id that tells this time, or none. */
export function mayHoldId(summary: IdTableSummary, timeMs: number | null): boolean {
  if (timeMs === null) return summary.foreignIds > 0;
  return timeMs >= summary.firstTimeMs && timeMs <= summary.lastTimeMs;
}

function readSummary(buffer: Buffer): IdTableSummary {
  return {
    firstTimeMs: buffer.readDoubleLE(16),
    lastTimeMs: buffer.readDoubleLE(24),
    foreignIds: buffer.readUInt32LE(32),
  };
}

function summarise(ids: Iterable<string>): IdTableSummary {
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
