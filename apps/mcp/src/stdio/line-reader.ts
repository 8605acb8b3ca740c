/** A line without its end, or that one was longer than allowed and is lost. */
export type Line = { readonly text: string } | { readonly tooLong: true };

/** Cuts a byte stream into lines, keeping at most `maxBytes` of an unfinished one. */
export class LineReader {
  readonly #maxBytes: number;
  #parts: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The lines that this chunk completes. */
  push(chunk: Buffer): readonly Line[] {
    const lines: Line[] = [];
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
      this.#keep(chunk.subarray(start, end));
      lines.push(this.#take());
      start = end + 1;
    }
    if (start < chunk.length) this.#keep(chunk.subarray(start));
    return lines;
  }

  /** The last line, when the stream ended without a line end; else null. */
  finish(): Line | null {
    return this.#bytes === 0 ? null : this.#take();
  }

  #keep(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes > this.#maxBytes) this.#parts = [];
    else this.#parts.push(part);
  }

  #take(): Line {
    const line: Line =
      this.#bytes > this.#maxBytes ? { tooLong: true } : { text: Buffer.concat(this.#parts).toString("utf8") };
    this.#parts = [];
    this.#bytes = 0;
    return line;
  }
}
