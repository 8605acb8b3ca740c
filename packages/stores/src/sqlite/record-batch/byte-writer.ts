import type { RequestRecord } from "@copilot-llm/model";
import { isStorable, storableText } from "../../stored-text/storable-text.js";
import { KnownNamesTable } from "./known-names.js";
import { namesOf } from "./record-names.js";

/** Below this, writing a text of ASCII byte by byte is quicker than to look for what cannot be stored. */
const shortText = 1024;

/** Text that is all ASCII is marked as such: reading it costs half. */
export const asciiFlag = 0x4000_0000;
export const noText = 0x7fff_ffff;

/**
 * Values one after the other in memory that is used again. `ByteReader` reads them in the same order. Names that records
 * have in common are sent once and then as a number: both ends keep the same list.
 */
export class ByteWriter {
  #buffer = Buffer.allocUnsafeSlow(1 << 16);
  #view = new DataView(this.#buffer.buffer);
  #end = 0;
  readonly #names = new KnownNamesTable();
  #isExact = true;

  get length(): number {
    return this.#end;
  }

  /** Whether everything since the last call is kept just as it was given. */
  takeExactness(): boolean {
    const isExact = this.#isExact;
    this.#isExact = true;
    return isExact;
  }

  /** Begins anew in the same memory. True: the reader must forget its list of names as well. */
  restart(): boolean {
    this.#end = 0;
    const { isFull } = this.#names;
    if (isFull) this.#names.clear();
    return isFull;
  }

  copyTo(target: Uint8Array, offset: number): void {
    target.set(this.#buffer.subarray(0, this.#end), offset);
  }

  number(value: number | null): void {
    this.#reserve(8);
    this.#view.setFloat64(this.#end, value ?? Number.NaN, true);
    this.#end += 8;
  }

  /** A number that a column of any numbers takes. */
  real(value: number): void {
    if (!Number.isFinite(value)) this.#isExact = false;
    this.number(Number.isFinite(value) ? value : 0);
  }

  /** A number that a column of whole numbers takes. */
  integer(value: number | null): void {
    if (value === null || Number.isSafeInteger(value)) {
      this.number(value);
      return;
    }
    this.#isExact = false;
    const bounded = Math.min(Math.max(Math.round(value), Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
    this.number(Number.isNaN(bounded) ? 0 : bounded);
  }

  text(value: string | null): void {
    if (value === null) {
      this.#reserve(4);
      this.#length(this.#end, noText);
      this.#end += 4;
      return;
    }
    this.#reserve(4 + 3 * value.length);
    const bytes = value.length < shortText ? this.#writeAscii(value) : -1;
    if (bytes === -1) this.#writeUtf8(value);
    else this.#finishText(bytes | asciiFlag, bytes);
  }

  /** What the record has in common with others: new ones are marked by a negative number. */
  names(record: RequestRecord): void {
    const known = this.#names.find(record);
    if (known !== null) {
      this.number(known.code);
      if (!known.isExact) this.#isExact = false;
      return;
    }
    const values = namesOf(record);
    const added = this.#names.add(
      record,
      values,
      values.every((value) => value === null || isStorable(value)),
    );
    this.number(-added.code);
    for (const value of values) this.text(value);
  }

  /** The number of bytes; -1 when it is not ASCII, or holds a NUL. */
  #writeAscii(value: string): number {
    const start = this.#end + 4;
    for (let index = 0; index < value.length; index += 1) {
      const unit = value.charCodeAt(index);
      if (unit === 0 || unit > 0x7f) return -1;
      this.#buffer[start + index] = unit;
    }
    return value.length;
  }

  #writeUtf8(value: string): void {
    const storable = this.#storable(value);
    const bytes = this.#buffer.write(storable, this.#end + 4, "utf8");
    this.#finishText(bytes === storable.length ? bytes | asciiFlag : bytes, bytes);
  }

  #storable(value: string): string {
    const storable = storableText(value);
    if (storable !== value) this.#isExact = false;
    return storable;
  }

  #finishText(length: number, bytes: number): void {
    this.#length(this.#end, length);
    this.#end += 4 + bytes;
  }

  #length(offset: number, length: number): void {
    this.#view.setUint32(offset, length, true);
  }

  #reserve(bytes: number): void {
    if (this.#end + bytes <= this.#buffer.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.#buffer.length, this.#end + bytes));
    this.#buffer.copy(grown, 0, 0, this.#end);
    this.#buffer = grown;
    this.#view = new DataView(grown.buffer);
  }
}
