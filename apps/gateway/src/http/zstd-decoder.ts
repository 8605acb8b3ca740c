import { Transform, type TransformCallback } from "node:stream";
import { Decompress } from "fzstd";
import { ZstdFrames } from "./zstd-frames.js";

/** How much goes to the decoder at once: four bytes can stand for 128 KiB, and nobody reads in between. */
const pieceBytes = 256;

/** Decodes zstd where Node itself cannot. What comes after `maxBytes` of content is not decoded. */
export class ZstdDecoder extends Transform {
  readonly #maxBytes: number;
  readonly #frames = new ZstdFrames();
  readonly #decompress = new Decompress((data) => this.#give(data));
  #givenBytes = 0;
  #hasStarted = false;

  constructor(maxBytes: number) {
    super();
    this.#maxBytes = maxBytes;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    try {
      for (let at = 0; at < chunk.length && !this.#isFull; at += pieceBytes) {
        const piece = chunk.subarray(at, at + pieceBytes);
        this.#hasStarted = true;
        this.#frames.push(piece);
        this.#decompress.push(piece);
      }
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  override _flush(done: TransformCallback): void {
    try {
      if (!this.#isFull) {
        this.#decompress.push(Buffer.alloc(0), true);
        if (!this.#hasStarted || !this.#frames.isComplete) throw new Error("The zstd stream is cut.");
      }
      done();
    } catch (error) {
      done(error as Error);
    }
  }

  get #isFull(): boolean {
    return this.#givenBytes > this.#maxBytes;
  }

  #give(data: Uint8Array): void {
    this.#givenBytes += data.length;
    if (data.length > 0) this.push(data);
  }
}
