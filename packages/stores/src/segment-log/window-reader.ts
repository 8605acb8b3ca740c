import type { FileHandle } from "node:fs/promises";

const windowBytes = 1 << 20;

/** Reads a file forwards in large strides and serves small ranges from memory. One reader, one consumer. */
export class WindowReader {
  readonly #file: FileHandle;
  #window: Buffer = Buffer.alloc(0);
  #windowOffset = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** The range without waiting, when it is in memory. Valid until the next `load`. */
  peek(offset: number, length: number): Buffer | null {
    const start = offset - this.#windowOffset;
    return start >= 0 && start + length <= this.#window.length ? this.#window.subarray(start, start + length) : null;
  }

  /** Fetches the range; shorter when the file ends before. */
  async load(offset: number, length: number): Promise<Buffer> {
    const found = this.peek(offset, length);
    if (found !== null) return found;
    const buffer = Buffer.allocUnsafe(Math.max(length, windowBytes));
    const bytesRead = await readFully(this.#file, buffer, offset);
    this.#window = buffer.subarray(0, bytesRead);
    this.#windowOffset = offset;
    return this.#window.subarray(0, Math.min(length, bytesRead));
  }
}

async function readFully(file: FileHandle, buffer: Buffer, offset: number): Promise<number> {
  let total = 0;
  while (total < buffer.length) {
    const { bytesRead } = await file.read(buffer, total, buffer.length - total, offset + total);
    if (bytesRead === 0) break;
    total += bytesRead;
  }
  return total;
}
