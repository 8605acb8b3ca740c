/** A frame may look back this far and no further (RFC 9659): what a decoder must keep is what a sender claims. */
export const maxWindowBits = 23;

const magic = 0xfd2fb528;
const firstBytes = 5;
const blockHeaderBytes = 3;
const checksumBytes = 4;
const dictionaryIdBytes = [0, 1, 2, 4] as const;
const rleBlock = 1;
const maxBlockBytes = 128 * 1_024;

/** What the bytes that are collected next are. */
type Part = "first" | "header" | "block";

/**
 * Walks through the frames of a zstd stream (RFC 8878) and throws before a frame or a block that a decoder would need more
 * memory for than it may have: the sizes of both are what their first bytes claim.
 */
export class ZstdFrames {
  #part: Part = "first";
  #wanted = firstBytes;
  #collected = Buffer.alloc(0);
  #bytesToSkip = 0;
  #descriptor = 0;

  push(chunk: Buffer): void {
    let rest = chunk;
    while (rest.length > 0) {
      const skipped = Math.min(this.#bytesToSkip, rest.length);
      this.#bytesToSkip -= skipped;
      rest = rest.subarray(skipped);
      const taken = rest.subarray(0, this.#wanted - this.#collected.length);
      rest = rest.subarray(taken.length);
      this.#collected = Buffer.concat([this.#collected, taken]);
      if (this.#collected.length === this.#wanted) this.#read(this.#collected);
    }
  }

  /** True between two frames. */
  get isComplete(): boolean {
    return this.#part === "first" && this.#collected.length === 0 && this.#bytesToSkip === 0;
  }

  #read(bytes: Buffer): void {
    switch (this.#part) {
      case "first":
        if (bytes.readUInt32LE(0) !== magic) throw new Error("This is no zstd frame.");
        this.#descriptor = bytes.readUInt8(4);
        this.#collect("header", headerBytes(this.#descriptor));
        break;
      case "header":
        if (windowBytes(this.#descriptor, bytes) > 2 ** maxWindowBits) {
          throw new Error("The zstd frame needs a window of more than 8 MiB.");
        }
        this.#collect("block", blockHeaderBytes);
        break;
      case "block": {
        const block = bytes.readUIntLE(0, blockHeaderBytes);
        if (block >> 3 > maxBlockBytes) throw new Error("The zstd block is larger than 128 KiB.");
        this.#bytesToSkip = ((block >> 1) & 3) === rleBlock ? 1 : block >> 3;
        if ((block & 1) === 0) this.#collect("block", blockHeaderBytes);
        else {
          if (hasChecksum(this.#descriptor)) this.#bytesToSkip += checksumBytes;
          this.#collect("first", firstBytes);
        }
      }
    }
  }

  #collect(part: Part, wanted: number): void {
    this.#part = part;
    this.#wanted = wanted;
    this.#collected = Buffer.alloc(0);
  }
}

function isSingleSegment(descriptor: number): boolean {
  return (descriptor & 0x20) !== 0;
}

function hasChecksum(descriptor: number): boolean {
  return (descriptor & 4) !== 0;
}

function contentSizeBytes(descriptor: number): number {
  const flag = descriptor >> 6;
  return flag === 0 ? Number(isSingleSegment(descriptor)) : 2 ** flag;
}

/** Of a frame's header, without its first bytes. */
function headerBytes(descriptor: number): number {
  const window = isSingleSegment(descriptor) ? 0 : 1;
  return window + (dictionaryIdBytes[descriptor & 3] ?? 0) + contentSizeBytes(descriptor);
}

function windowBytes(descriptor: number, header: Buffer): number {
  if (!isSingleSegment(descriptor)) {
    const window = header.readUInt8(0);
    const base = 2 ** (10 + (window >> 3));
    return base + (base / 8) * (window & 7);
  }
  const sizeBytes = contentSizeBytes(descriptor);
  const at = header.length - sizeBytes;
  if (sizeBytes === 8) return Number(header.readBigUInt64LE(at));
  return header.readUIntLE(at, sizeBytes) + (sizeBytes === 2 ? 256 : 0);
}
