import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import { LatestMap, type Log } from "@copilot-llm/model";
import { systemErrorCode } from "../failure/store-failure.js";
import { inflateBodies } from "./deflated-bodies.js";
import {
  bodiesChecksum,
  decodeFrameHeader,
  encodeErasedHeader,
  type FrameBodies,
  type FrameHeader,
  frameBytes,
  frameHeaderBytes,
} from "./frame.js";
import type { LogPosition } from "./log-position.js";
import { createOffsetTable, type OffsetTable, readOffsetTable } from "./offset-table.js";
import { readRange } from "./read-range.js";
import { type ScannedFrame, type SegmentScan, scanSegment } from "./scan-segment.js";
import { compressedSegmentPath, segmentPath } from "./segment-name.js";

export interface LogRead<Value> {
  readonly value: Value;
  /** Null when the entry has none, or when they are damaged or destroyed. */
  readonly bodies: FrameBodies | null;
}

export interface ScanEntries<Value> {
  /** Also check the bodies, which costs reading them. */
  readonly verifyBodies: boolean;
  readonly onEntry: (value: Value, position: LogPosition) => void;
}

const erasedAtOnce = 1 << 20;

/** How many compressed segments' tables stay in memory after use, at about 128 KiB each. */
const cachedTables = 32;

export interface SegmentReaderOptions<Value> {
  readonly directory: string;
  readonly salt: number;
  readonly log: Log;
  /** What an entry of any version means to this one. May throw a sentence for the operator. */
  readonly decode: (stored: unknown) => Value;
}

interface SegmentFacts<Value> extends SegmentReaderOptions<Value> {
  readonly segment: number;
  /** Null when nothing was moved. */
  readonly moved: OffsetTable | null;
  readonly reportUnreadable: (offset: number) => void;
}

/** Reads entries where they stand, in any segment, and destroys their bodies. */
export class SegmentReader<Value> {
  readonly #options: SegmentReaderOptions<Value>;
  readonly #tables = new LatestMap<number, OffsetTable>(cachedTables);
  /** Segments of which it was said that an entry cannot be read. */
  readonly #damaged = new Set<number>();

  constructor(options: SegmentReaderOptions<Value>) {
    this.#options = options;
  }

  /** For many reads in one segment; to be closed. Null when the segment is gone. */
  async open(segment: number, flags: "r" | "r+" = "r"): Promise<OpenSegment<Value> | null> {
    const { directory } = this.#options;
    const plain = await openIfPresent(segmentPath(directory, segment), flags);
    if (plain !== null) return new OpenSegment(plain, this.#facts(segment, null));
    const compressed = await openIfPresent(compressedSegmentPath(directory, segment), flags);
    if (compressed === null) return null;
    const moved = await this.#offsetTable(segment, compressed);
    return new OpenSegment(compressed, this.#facts(segment, moved));
  }

  /** Null when the segment is gone or the entry cannot be read. */
  read({ segment, offset }: LogPosition): Promise<LogRead<Value> | null> {
    return this.#with(segment, "r", (entries) => entries.read(offset));
  }

  /** As `read`, without the cost of the bodies. */
  readValue({ segment, offset }: LogPosition): Promise<Value | null> {
    return this.#with(segment, "r", (entries) => entries.readValue(offset));
  }

  /** Reads a segment's entries in order. Null when the segment is gone. */
  scan(segment: number, options: ScanEntries<Value>): Promise<SegmentScan | null> {
    return this.#with(segment, "r", (entries) => entries.scan(options));
  }

  /** Overwrites the bodies. The entry itself stays. */
  async eraseBodies({ segment, offset }: LogPosition): Promise<void> {
    await this.#with(segment, "r+", (entries) => entries.eraseBodies(offset));
  }

  #facts(segment: number, moved: OffsetTable | null): SegmentFacts<Value> {
    const reportUnreadable = (offset: number): void => {
      if (this.#damaged.has(segment)) return;
      this.#damaged.add(segment);
      this.#options.log.error("A segment is damaged: an entry, or more, cannot be read.", { segment, offset });
    };
    return { ...this.#options, segment, moved, reportUnreadable };
  }

  async #offsetTable(segment: number, file: FileHandle): Promise<OffsetTable> {
    const { salt } = this.#options;
    const table =
      this.#tables.get(segment) ??
      (await readOffsetTable(file, salt)) ??
      createOffsetTable(await scanOffsets(file, salt));
    this.#tables.set(segment, table);
    return table;
  }

  async #with<Result>(
    segment: number,
    flags: "r" | "r+",
    use: (entries: OpenSegment<Value>) => Promise<Result>,
  ): Promise<Result | null> {
    const entries = await this.open(segment, flags);
    if (entries === null) return null;
    try {
      return await use(entries);
    } finally {
      await entries.close();
    }
  }
}

/** One segment's entries, while its file is open. Offsets stay those of the time when it was written. */
export class OpenSegment<Value> {
  readonly #file: FileHandle;
  readonly #facts: SegmentFacts<Value>;

  constructor(file: FileHandle, facts: SegmentFacts<Value>) {
    this.#file = file;
    this.#facts = facts;
  }

  async read(offset: number): Promise<LogRead<Value> | null> {
    const frame = await this.#readHeader(offset);
    if (frame === null) return null;
    const { header, fileOffset } = frame;
    const { jsonBytes, requestBytes, responseBytes, hasBodies } = header;
    const bytes = jsonBytes + (hasBodies ? requestBytes + responseBytes : 0);
    const content = await readRange(this.#file, fileOffset + frameHeaderBytes, bytes);
    const value = this.#parse(content.subarray(0, jsonBytes), header, offset);
    if (value === null || !hasBodies) return value === null ? null : { value, bodies: null };
    const request = content.subarray(jsonBytes, jsonBytes + requestBytes);
    const response = content.subarray(jsonBytes + requestBytes);
    const { segment, salt, log } = this.#facts;
    if (bodiesChecksum(request, response, salt) !== header.bodiesCrc) {
      log.error("The bodies of a record are damaged.", { segment, offset });
      return { value, bodies: null };
    }
    const bodies = { request, response };
    return { value, bodies: header.movedFrom === null ? bodies : await inflateBodies(bodies) };
  }

  async readValue(offset: number): Promise<Value | null> {
    const frame = await this.#readHeader(offset);
    if (frame === null) return null;
    const { header, fileOffset } = frame;
    const json = await readRange(this.#file, fileOffset + frameHeaderBytes, header.jsonBytes);
    return this.#parse(json, header, offset);
  }

  scan(options: ScanEntries<Value>): Promise<SegmentScan> {
    const { segment, salt, decode } = this.#facts;
    return scanSegment({
      file: this.#file,
      salt,
      verifyBodies: options.verifyBodies,
      onFrame: ({ json, offset }) => options.onEntry(decode(JSON.parse(json)), { segment, offset }),
    });
  }

  async eraseBodies(offset: number): Promise<void> {
    const frame = await this.#readHeader(offset);
    if (frame === null || !frame.header.hasBodies) return;
    const { header, fileOffset, head } = frame;
    // From here on nobody looks at the bodies, so that half of them is as good as none.
    await this.#file.write(encodeErasedHeader(head, this.#facts.salt), 0, frameHeaderBytes, fileOffset);
    const endOffset = fileOffset + frameBytes(header);
    for (let at = fileOffset + frameHeaderBytes + header.jsonBytes; at < endOffset; at += erasedAtOnce) {
      const zeros = new Uint8Array(Math.min(erasedAtOnce, endOffset - at));
      await this.#file.write(zeros, 0, zeros.length, at);
    }
    await this.#file.datasync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #readHeader(offset: number) {
    const { moved, salt, reportUnreadable } = this.#facts;
    const fileOffset = moved === null ? offset : moved.find(offset);
    const head = fileOffset === null ? null : await readRange(this.#file, fileOffset, frameHeaderBytes);
    const header = head === null ? null : decodeFrameHeader(head, 0, salt);
    if (fileOffset !== null && head !== null && header !== null) return { header, head, fileOffset };
    reportUnreadable(offset);
    return null;
  }

  #parse(json: Buffer, header: FrameHeader, offset: number): Value | null {
    const { salt, decode, reportUnreadable } = this.#facts;
    if (crc32(json, salt) === header.jsonCrc) return decode(JSON.parse(json.toString("utf8")));
    reportUnreadable(offset);
    return null;
  }
}

async function openIfPresent(path: string, flags: "r" | "r+"): Promise<FileHandle | null> {
  try {
    return await open(path, flags);
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return null;
    throw error;
  }
}

async function scanOffsets(file: FileHandle, salt: number): Promise<Uint32Array> {
  const pairs: number[] = [];
  const onFrame = ({ offset, fileOffset }: ScannedFrame) => pairs.push(offset, fileOffset);
  await scanSegment({ file, salt, verifyBodies: false, onFrame });
  return Uint32Array.from(pairs);
}
