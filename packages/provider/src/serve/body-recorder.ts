/** Most answers fit, and growing costs more than room that is never touched. */
const initialBytes = 16_384;

/**
 * Collects a body chunk by chunk in one growing buffer. Copying costs less than keeping the chunks: a small chunk
 * would keep the whole socket buffer that it is a view of.
 */
export class BodyRecorder {
  #buffer = Buffer.allocUnsafe(initialBytes);
  #length = 0;

  push(chunk: Uint8Array): void {
    const needed = this.#length + chunk.length;
    if (needed > this.#buffer.length) {
      const grown = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
      grown.set(this.#buffer.subarray(0, this.#length));
      this.#buffer = grown;
    }
    this.#buffer.set(chunk, this.#length);
    this.#length = needed;
  }

  /** What came so far. Valid until the next `push`. */
  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }
}
