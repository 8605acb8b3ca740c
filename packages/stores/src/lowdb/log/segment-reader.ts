import { type FileHandle, open } from "node:fs/promises";
import { crc32 } from "node:zlib";
import type { Log } from "@copilot-llm/model";
import { systemErrorCode } from "../store-failure.js";
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
import { scanSegment } from "./scan-segment.js";
import { segmentPath } from "./segment-name.js";

export interface LogRead<Value> {
  readonly value: Value;
  /** Null when the entry has none, or when they are damaged or destroyed. */
  readonly bodies: FrameBodies | null;
}

const erasedAtOnce = 1 << 20;

/** Reads entries where they stand, in any segment, and destroys their bodies. */
export class SegmentReader<Value> {
  readonly #directory: string;
  readonly #salt: number;
  readonly #log: Log;

  constructor(directory: string, salt: number, log: Log) {
    this.#directory = directory;
    this.#salt = salt;
    this.#log = log;
  }

  /** For many reads in one segment; to be closed. Null when the segment is gone. */
  async open(segment: number, flags: "r" | "r+" = "r"): Promise<OpenSegment<Value> | null> {
    try {
      const file = await open(segmentPath(this.#directory, segment), flags);
      return new OpenSegment(file, segment, this.#salt, this.#log);
    } catch (error) {
      if (systemErrorCode(error) === "ENOENT") return null;
      throw error;
    }
  }

  /** Null when the segment is gone or the entry cannot be read. */
  read({ segment, offset }: LogPosition): Promise<LogRead<Value> | null> {
    return this.#with(segment, "r", (entries) => entries.read(offset));
  }

  /** As `read`, without the cost of the bodies. */
  readValue({ segment, offset }: LogPosition): Promise<Value | null> {
    return this.#with(segment, "r", (entries) => entries.readValue(offset));
  }

  /** Reads a segment's entries in order. */
  async scan(segment: number, onEntry: (value: Value, position: LogPosition) => void): Promise<void> {
    await this.#with(segment, "r", (entries) => entries.scan(onEntry));
  }

  /** Overwrites the bodies. The entry itself stays. */
  async eraseBodies({ segment, offset }: LogPosition): Promise<void> {
    await this.#with(segment, "r+", (entries) => entries.eraseBodies(offset));
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

/** One segment's entries, while its file is open. */
export class OpenSegment<Value> {
  readonly #file: FileHandle;
  readonly #segment: number;
  readonly #salt: number;
  readonly #log: Log;

  constructor(file: FileHandle, segment: number, salt: number, log: Log) {
    this.#file = file;
    this.#segment = segment;
    this.#salt = salt;
    this.#log = log;
  }

  async read(offset: number): Promise<LogRead<Value> | null> {
    const header = await this.#readHeader(offset);
    if (header === null) return null;
    const { jsonBytes, requestBytes, responseBytes, hasBodies } = header;
    const bytes = jsonBytes + (hasBodies ? requestBytes + responseBytes : 0);
    const content = await readRange(this.#file, offset + frameHeaderBytes, bytes);
    const value = this.#parse(content.subarray(0, jsonBytes), header);
    if (value === null || !hasBodies) return value === null ? null : { value, bodies: null };
    const request = content.subarray(jsonBytes, jsonBytes + requestBytes);
    const response = content.subarray(jsonBytes + requestBytes);
    if (bodiesChecksum(request, response, this.#salt) === header.bodiesCrc) {
      return { value, bodies: { request, response } };
    }
    this.#log.error("The bodies of a record are damaged.", { segment: this.#segment, offset });
    return { value, bodies: null };
  }

  async readValue(offset: number): Promise<Value | null> {
    const header = await this.#readHeader(offset);
    if (header === null) return null;
    return this.#parse(await readRange(this.#file, offset + frameHeaderBytes, header.jsonBytes), header);
  }

  async scan(onEntry: (value: Value, position: LogPosition) => void): Promise<void> {
    await scanSegment({
      file: this.#file,
      salt: this.#salt,
      verifyBodies: false,
      onFrame: ({ json, offset }) => onEntry(JSON.parse(json) as Value, { segment: this.#segment, offset }),
    });
  }

  async eraseBodies(offset: number): Promise<void> {
    const head = await readRange(this.#file, offset, frameHeaderBytes);
    const header = decodeFrameHeader(head, 0, this.#salt);
    if (header === null || !header.hasBodies) return;
    // From here on nobody looks at the bodies, so that half of them is as good as none.
    await this.#file.write(encodeErasedHeader(head, this.#salt), 0, frameHeaderBytes, offset);
    const endOffset = offset + frameBytes(header);
    for (let at = offset + frameHeaderBytes + header.jsonBytes; at < endOffset; at += erasedAtOnce) {
      const zeros = new Uint8Array(Math.min(erasedAtOnce, endOffset - at));
      await this.#file.write(zeros, 0, zeros.length, at);
    }
    await this.#file.datasync();
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #readHeader(offset: number): Promise<FrameHeader | null> {
    return decodeFrameHeader(await readRange(this.#file, offset, frameHeaderBytes), 0, this.#salt);
  }

  #parse(json: Buffer, header: FrameHeader): Value | null {
    return crc32(json, this.#salt) === header.jsonCrc ? (JSON.parse(json.toString("utf8")) as Value) : null;
  }
}

/** Shorter when the file ends before. */
export async function readRange(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(buffer, 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
