import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { readRange } from "../../segment-log/read-range.js";
import { BloomFilter } from "./bloom-filter.js";
import { type Dictionary, decodeColumns, encodeColumns, type RecordColumns } from "./record-columns.js";

/** What memory holds of each sealed segment. */
export interface SegmentSummary {
  readonly firstMs: number;
  readonly lastMs: number;
  readonly dictionary: Dictionary;
  readonly conversations: BloomFilter;
}

/*
 * The rows of one sealed segment on disk: "CLPROW", version (2), CRC of the head behind it (4), CRC of the columns (4),
 * rows (4), bytes of the dictionary (4) and of the filter (4), reserved (4), first and last start (8 each); the
 * dictionary as JSON and the filter, which end the head; the columns. Can be rebuilt from the segment.
 */
const headerBytes = 48;
const magic = "CLPROW";
const version = 1;
const usualHeadBytes = 1 << 16;

export function encodeRowsFile(rows: RecordColumns, summary: SegmentSummary): Buffer {
  const dictionary = Buffer.from(JSON.stringify(summary.dictionary));
  const filter = summary.conversations.bits;
  const columns = encodeColumns(rows);
  const header = Buffer.alloc(headerBytes);
  header.write(magic, "latin1");
  header.writeUInt16LE(version, 6);
  header.writeUInt32LE(crc32(columns), 12);
  header.writeUInt32LE(rows.length, 16);
  header.writeUInt32LE(dictionary.length, 20);
  header.writeUInt32LE(filter.length, 24);
  header.writeDoubleLE(summary.firstMs, 32);
  header.writeDoubleLE(summary.lastMs, 40);
  const head = Buffer.concat([header, dictionary, filter]);
  head.writeUInt32LE(crc32(head.subarray(12)), 8);
  return Buffer.concat([head, columns]);
}

/** Reads the head only. Null when there is none that is intact and of this version. */
export async function readRowsSummary(path: string): Promise<SegmentSummary | null> {
  const head = await withFile(path, readHead);
  return head === null ? null : decodeSummary(head);
}

/** Null when there is no file that is intact and of this version. */
export function readRows(path: string): Promise<RecordColumns | null> {
  return withFile(path, async (file) => {
    const head = await readHead(file);
    if (head === null) return null;
    const { size } = await file.stat();
    const columns = await readRange(file, head.length, size - head.length);
    if (crc32(columns) !== head.readUInt32LE(12)) return null;
    return decodeColumns(columns, head.readUInt32LE(16), decodeSummary(head).dictionary);
  });
}

async function readHead(file: FileHandle): Promise<Buffer | null> {
  const start = await readRange(file, 0, usualHeadBytes);
  if (start.length < headerBytes || start.toString("latin1", 0, 6) !== magic) return null;
  if (start.readUInt16LE(6) !== version) return null;
  const bytes = headerBytes + start.readUInt32LE(20) + start.readUInt32LE(24);
  // Damaged sizes, or those of an early form, may be beyond what can be read at once.
  if (bytes > (await file.stat()).size) return null;
  const head = bytes <= start.length ? start.subarray(0, bytes) : await readRange(file, 0, bytes);
  return head.length === bytes && crc32(head.subarray(12)) === head.readUInt32LE(8) ? head : null;
}

function decodeSummary(head: Buffer): SegmentSummary {
  const filterOffset = headerBytes + head.readUInt32LE(20);
  return {
    firstMs: head.readDoubleLE(32),
    lastMs: head.readDoubleLE(40),
    dictionary: JSON.parse(head.toString("utf8", headerBytes, filterOffset)) as Dictionary,
    conversations: new BloomFilter(new Uint8Array(head.subarray(filterOffset))),
  };
}

async function withFile<Result>(
  path: string,
  read: (file: FileHandle) => Promise<Result | null>,
): Promise<Result | null> {
  const file = await open(path, "r").catch(() => null);
  if (file === null) return null;
  try {
    return await read(file);
  } finally {
    await file.close();
  }
}
