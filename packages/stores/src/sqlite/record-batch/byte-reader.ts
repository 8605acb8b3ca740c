import { asciiFlag, noText } from "./byte-writer.js";
import { nameColumns, type RecordNames } from "./record-names.js";

const nameCount = nameColumns.length;

/** Reads what a `ByteWriter` wrote. */
export class ByteReader {
  #buffer: Buffer = Buffer.alloc(0);
  #view: DataView = new DataView(new ArrayBuffer(0));
  #offset = 0;
  readonly #names = new Map<number, RecordNames>();
  #newNames: RecordNames[] = [];

  begin(buffer: Buffer, offset: number, forgetsNames: boolean): void {
    this.#buffer = buffer;
    this.#view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
    this.#offset = offset;
    this.#newNames = [];
    if (forgetsNames) this.#names.clear();
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

  /** As they were written; new ones are in `newNames` until the next batch. */
  names(): RecordNames {
    const code = this.number() ?? 0;
    if (code >= 0) return this.#requireNames(code);
    const values: (string | null)[] = [];
    for (let index = 0; index < nameCount; index += 1) values.push(this.text());
    const names = { code: -code, values };
    this.#names.set(names.code, names);
    this.#newNames.push(names);
    return names;
  }

  get newNames(): readonly RecordNames[] {
    return this.#newNames;
  }

  #requireNames(code: number): RecordNames {
    const names = this.#names.get(code);
    if (names === undefined) throw new Error("a record's names were never sent");
    return names;
  }
}
