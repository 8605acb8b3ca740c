import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { syncDirectory } from "../directory/durable-file.js";
import { encodeSegmentHeader, segmentHeaderBytes } from "./segment-header.js";

/** The one segment that grows. `write` calls must not overlap. */
export class SegmentWriter {
  readonly #file: FileHandle;
  #endOffset: number;

  private constructor(file: FileHandle, endOffset: number) {
    this.#file = file;
    this.#endOffset = endOffset;
  }

  static async create(path: string, salt: number): Promise<SegmentWriter> {
    const file = await open(path, "w", 0o600);
    try {
      const writer = new SegmentWriter(file, 0);
      await writer.write([encodeSegmentHeader(salt)], true);
      await syncDirectory(dirname(path));
      return writer;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Goes on after the last whole frame; what stands behind it is cut off. */
  static async resume(path: string, endOffset: number): Promise<SegmentWriter> {
    const file = await open(path, "r+", 0o600);
    await file.truncate(endOffset);
    return new SegmentWriter(file, endOffset);
  }

  get endOffset(): number {
    return this.#endOffset;
  }

  get entriesBytes(): number {
    return this.#endOffset - segmentHeaderBytes;
  }

  /** Writes all of it, to the medium when `durably`, or throws and leaves the segment as it was. */
  async write(buffers: readonly Uint8Array[], durably: boolean): Promise<void> {
    try {
      const written = await writeFully(this.#file, buffers, this.#endOffset);
      if (durably) await this.#file.datasync();
      this.#endOffset += written;
    } catch (error) {
      // A leftover is overwritten by the next write, or cut off as a torn frame at the next start.
      await this.#file.truncate(this.#endOffset).catch(() => undefined);
      throw error;
    }
  }

  /** Finds out whether `bytes` more could be written, without leaving a trace. */
  async probe(bytes: number): Promise<void> {
    try {
      await writeFully(this.#file, [new Uint8Array(bytes)], this.#endOffset);
    } finally {
      await this.#file.truncate(this.#endOffset);
    }
  }

  sync(): Promise<void> {
    return this.#file.datasync();
  }

  async close(): Promise<void> {
    await this.#file.datasync();
    await this.#file.close();
  }
}

/** The system may write less than it was asked to; the rest's own attempt then tells why. */
async function writeFully(file: FileHandle, buffers: readonly Uint8Array[], offset: number): Promise<number> {
  let rest = buffers;
  let total = 0;
  while (rest.length > 0) {
    const { bytesWritten } = await file.writev(rest, offset + total);
    total += bytesWritten;
    rest = dropBytes(rest, bytesWritten);
  }
  return total;
}

function dropBytes(buffers: readonly Uint8Array[], count: number): readonly Uint8Array[] {
  let skipped = 0;
  for (const [index, buffer] of buffers.entries()) {
    if (skipped + buffer.length > count) return [buffer.subarray(count - skipped), ...buffers.slice(index + 1)];
    skipped += buffer.length;
  }
  return [];
}
