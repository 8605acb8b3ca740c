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

  /** Null when the segment is gone or the entry cannot be read. */
  read(position: LogPosition): Promise<LogRead<Value> | null> {
    return this.#withFrame(position, "r", async (file, header) => {
      const { jsonBytes, requestBytes, responseBytes, hasBodies } = header;
      const bytes = jsonBytes + (hasBodies ? requestBytes + responseBytes : 0);
      const content = await readRange(file, position.offset + frameHeaderBytes, bytes);
      const value = this.#parse(content.subarray(0, jsonBytes), header);
      if (value === null || !hasBodies) return value === null ? null : { value, bodies: null };
      const request = content.subarray(jsonBytes, jsonBytes + requestBytes);
      const response = content.subarray(jsonBytes + requestBytes);
      if (bodiesChecksum(request, response, this.#salt) === header.bodiesCrc)
        return { value, bodies: { request, response } };
      this.#log.error("The bodies of a record are damaged.", { ...position });
      return { value, bodies: null };
    });
  }

  /** As `read`, without the cost of the bodies. */
  readValue(position: LogPosition): Promise<Value | null> {
    return this.#withFrame(position, "r", async (file, header) =>
      this.#parse(await readRange(file, position.offset + frameHeaderBytes, header.jsonBytes), header),
    );
  }

  /** Reads a segment's entries in order. */
  async scan(segment: number, onEntry: (value: Value, position: LogPosition) => void): Promise<void> {
    const file = await this.#open(segment, "r");
    if (file === null) return;
    try {
      await scanSegment({
        file,
        salt: this.#salt,
        verifyBodies: false,
        onFrame: ({ json, offset }) => onEntry(JSON.parse(json) as Value, { segment, offset }),
      });
    } finally {
      await file.close();
    }
  }

  /** Overwrites the bodies. The entry itself stays. */
  async eraseBodies(position: LogPosition): Promise<void> {
    await this.#withFrame(position, "r+", async (file, header, head) => {
      const { jsonBytes, requestBytes, responseBytes, hasBodies } = header;
      if (!hasBodies) return;
      // From here on nobody looks at the bodies, so that half of them is as good as none.
      await file.write(encodeErasedHeader(head, this.#salt), 0, frameHeaderBytes, position.offset);
      const endOffset = position.offset + frameHeaderBytes + jsonBytes + requestBytes + responseBytes;
      for (let offset = position.offset + frameHeaderBytes + jsonBytes; offset < endOffset; offset += erasedAtOnce) {
        const zeros = new Uint8Array(Math.min(erasedAtOnce, endOffset - offset));
        await file.write(zeros, 0, zeros.length, offset);
      }
      await file.datasync();
    });
  }

  async #withFrame<Result>(
    position: LogPosition,
    flags: "r" | "r+",
    use: (file: FileHandle, header: FrameHeader, head: Buffer) => Promise<Result>,
  ): Promise<Result | null> {
    const file = await this.#open(position.segment, flags);
    if (file === null) return null;
    try {
      const head = await readRange(file, position.offset, frameHeaderBytes);
      const header = decodeFrameHeader(head, 0, this.#salt);
      return header === null ? null : await use(file, header, head);
    } finally {
      await file.close();
    }
  }

  #parse(json: Buffer, header: FrameHeader): Value | null {
    return crc32(json, this.#salt) === header.jsonCrc ? (JSON.parse(json.toString("utf8")) as Value) : null;
  }

  async #open(segment: number, flags: "r" | "r+"): Promise<FileHandle | null> {
    try {
      return await open(segmentPath(this.#directory, segment), flags);
    } catch (error) {
      if (systemErrorCode(error) === "ENOENT") return null;
      throw error;
    }
  }
}

/** Shorter when the file ends before. */
export async function readRange(file: FileHandle, offset: number, length: number): Promise<Buffer> {
  const buffer = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(buffer, 0, length, offset);
  return buffer.subarray(0, bytesRead);
}
