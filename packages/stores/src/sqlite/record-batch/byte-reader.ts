import { asciiFlag, firstName, newName, noName, noText } from "./byte-writer.js";

/** Reads what a `ByteWriter` wrote. */
export class ByteReader {
  #buffer: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #offset = 0;
  #names: string[] = [];

  begin(buffer: Buffer, offset: number, forgetsNames: boolean): void {
    this.#buffer = buffer;
    this.#view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
    this.#offset = offset;
    if (forgetsNames) this.#names = [];
  }

  /** Null stands for no number. */
  number(): number | null {
    const value = this.#view.getFloat64(this.#offset, true);
    this.#offset += 8;
    return Number.isNaN(value) ? null : value;
  }

  text(): string | null {
    const length = this.#view.getUint32(this.#offset, true);
    this.#offset += 4;
    if (length === noText) return null;
    const bytes = length & ~asciiFlag;
    const start = this.#offset;
    this.#offset += bytes;
    return this.#buffer.toString((length & asciiFlag) === 0 ? "utf8" : "latin1", start, start + bytes);
  }

  name(): string | null {
    const code = (this.#buffer[this.#offset] ?? 0) | ((this.#buffer[this.#offset + 1] ?? 0) << 8);
    this.#offset += 2;
    if (code === noName) return null;
    if (code >= firstName) return this.#names[code - firstName] ?? null;
    const value = this.text();
    if (code === newName && value !== null) this.#names.push(value);
    return value;
  }
}
