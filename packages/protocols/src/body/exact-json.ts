import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isDeeperThan, mostLevels } from "./depth.js";
import { isArray, isObject } from "./json.js";

/** A number that JavaScript would round: tools' ids are such. It stands in a tree where JSON has it, and is written as it came. */
class ExactNumber {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  /** JSON.stringify cannot write it: whoever writes a tree that may hold one calls `writeJson`. */
  toJSON(): never {
    throw new ExactNumberMet();
  }
}

class ExactNumberMet extends Error {}

/** So many digits in a row, a point among them or not, may be more than a number holds. */
const suspiciousDigits = 16;
const zero = 0x30;
const nine = 0x39;
const point = 0x2e;

/** The value of a valid JSON text, with every number that a reading would round as it is written. */
export function readJson(text: string): JsonValue {
  const value = JSON.parse(text) as JsonValue;
  return holdsLongNumber(text) && !isDeeperThan(value, mostLevels) ? new ExactReader(text).read() : value;
}

/** The text's value when it is JSON, an object, and no deeper than bodies may be; else null. */
export function readObjectOrNull(text: string): JsonObject | null {
  try {
    const value = readJson(text);
    return isObject(value) && !(value instanceof ExactNumber) && !isDeeperThan(value, mostLevels) ? value : null;
  } catch {
    return null;
  }
}

/** A value as JSON text, exact numbers as they came. */
export function writeJson(value: JsonValue): string {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof ExactNumberMet)) throw error;
    return writeExactly(value);
  }
}

/** The number's value as far as JavaScript has it; anything else as it is. */
export function roundExact(value: JsonValue | undefined): JsonValue | undefined {
  return value instanceof ExactNumber ? Number(value.text) : value;
}

/**
 * True when a run of digits in the text, or in its bytes, is so long that it may not be read as it is written. Looks at
 * one character in sixteen: no long run escapes that.
 */
export function holdsLongNumber(text: string | Uint8Array): boolean {
  for (let at = suspiciousDigits - 1; at < text.length; at += suspiciousDigits) {
    if (isDigitOrPoint(text, at) && runAround(text, at) >= suspiciousDigits) return true;
  }
  return false;
}

function runAround(text: string | Uint8Array, at: number): number {
  let start = at;
  let end = at + 1;
  while (start > 0 && isDigitOrPoint(text, start - 1)) start -= 1;
  while (end < text.length && isDigitOrPoint(text, end)) end += 1;
  return end - start;
}

function isDigitOrPoint(text: string | Uint8Array, at: number): boolean {
  const code = typeof text === "string" ? text.charCodeAt(at) : (text[at] ?? 0);
  return (code >= zero && code <= nine) || code === point;
}

const numberPattern = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const spacePattern = /[ \t\n\r]*/y;

/** Reads a text that JSON.parse took, and that is not too deep for recursion. */
class ExactReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): JsonValue {
    switch (this.#next()) {
      case "{":
        return this.#readObject();
      case "[":
        return this.#readArray();
      case '"':
        return this.#readString();
      case "t":
        return this.#skip(4, true);
      case "f":
        return this.#skip(5, false);
      case "n":
        return this.#skip(4, null);
      default:
        return this.#readNumber();
    }
  }

  #readObject(): JsonObject {
    const members: [string, JsonValue][] = [];
    this.#at += 1;
    while (this.#next() !== "}") {
      if (this.#text[this.#at] === ",") this.#at += 1;
      this.#next();
      const name = this.#readString();
      this.#next();
      this.#at += 1;
      members.push([name, this.read()]);
    }
    this.#at += 1;
    return Object.fromEntries(members);
  }

  #readArray(): JsonValue[] {
    const items: JsonValue[] = [];
    this.#at += 1;
    while (this.#next() !== "]") {
      if (this.#text[this.#at] === ",") this.#at += 1;
      items.push(this.read());
    }
    this.#at += 1;
    return items;
  }

  #readString(): string {
    const start = this.#at;
    let end = this.#text.indexOf('"', start + 1);
    while (this.#isEscaped(end)) end = this.#text.indexOf('"', end + 1);
    this.#at = end + 1;
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  /** True when an odd number of backslashes stands before the quote. */
  #isEscaped(quote: number): boolean {
    let before = quote - 1;
    while (this.#text[before] === "\\") before -= 1;
    return (quote - before) % 2 === 0;
  }

  #readNumber(): JsonValue {
    numberPattern.lastIndex = this.#at;
    const [text = ""] = numberPattern.exec(this.#text) ?? [];
    this.#at += text.length;
    const value = Number(text);
    return isSameNumber(text, String(value)) ? value : (new ExactNumber(text) as unknown as JsonValue);
  }

  #next(): string | undefined {
    spacePattern.lastIndex = this.#at;
    spacePattern.test(this.#text);
    this.#at = spacePattern.lastIndex;
    return this.#text[this.#at];
  }

  #skip<Value>(length: number, value: Value): Value {
    this.#at += length;
    return value;
  }
}

/** Compares two decimal notations digit by digit. */
function isSameNumber(one: string, other: string): boolean {
  const [digits, exponent] = decimalOf(one);
  const [otherDigits, otherExponent] = decimalOf(other);
  return digits === otherDigits && (digits === "" || exponent === otherExponent);
}

/** The significant digits, and the power of ten of the last of them; sign in front. */
function decimalOf(text: string): readonly [digits: string, exponent: number] {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text) ?? [];
  const trimmed = (whole + fraction).replace(/^0+/, "");
  const digits = trimmed.replace(/0+$/, "");
  if (digits === "") return [whole === "" ? "none" : "", 0];
  return [sign + digits, Number(exponent) - fraction.length + (trimmed.length - digits.length)];
}

function writeExactly(value: JsonValue | undefined): string {
  if (value instanceof ExactNumber) return value.text;
  if (isArray(value)) return `[${value.map((item) => writeExactly(item)).join(",")}]`;
  if (!isObject(value)) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${writeExactly(member)}`).join(",")}}`;
}
