import { GatewayError } from "@copilot-llm/model";

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const colon = 0x3a;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

/** A longer key is not the one. */
const maxKeyBytes = 256;

/** An object of the array, with where it begins in the whole. */
export interface ArrayElement {
  readonly index: number;
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * Cuts the objects out of one array that is a member of a JSON object, while that comes in. What stands around them is
 * looked at only as far as it takes to find them; whoever takes the elements parses them.
 */
export class JsonArraySplitter {
  readonly #member: string;
  readonly #maxElementBytes: number;
  readonly #maxElements: number;
  #position = 0;
  #depth = 0;
  #inString = false;
  #isEscaped = false;
  #isInArray = false;
  #hasArray = false;
  #isOver = false;
  /** Of a string right in the object: the latest key, or a value that no colon follows. */
  #text: number[] = [];
  #key = "";
  #elements = 0;
  #elementAt: number | null = null;
  #parts: Uint8Array[] = [];
  #partBytes = 0;

  constructor(member: string, maxElementBytes: number, maxElements: number) {
    this.#member = member;
    this.#maxElementBytes = maxElementBytes;
    this.#maxElements = maxElements;
  }

  /** The elements that are whole with this chunk. */
  push(chunk: Uint8Array): readonly ArrayElement[] {
    const found: ArrayElement[] = [];
    let partFrom = 0;
    for (let at = 0; at < chunk.length; at += 1) {
      const wasOutside = this.#elementAt === null;
      const isWhole = this.#step(chunk[at] ?? 0, this.#position + at);
      if (wasOutside && this.#elementAt !== null) partFrom = at;
      if (!isWhole) continue;
      this.#keep(chunk.subarray(partFrom, at + 1));
      found.push(this.#take());
    }
    if (this.#elementAt !== null) this.#keep(chunk.slice(partFrom));
    this.#position += chunk.length;
    return found;
  }

  /** Throws `invalid_request` unless all of it has come. */
  end(): void {
    if (!this.#isOver) throw malformed("it ends too early");
    if (!this.#hasArray) throw malformed(`it has no list \`${this.#member}\``);
  }

  /** Whether an element ends with this byte. */
  #step(byte: number, position: number): boolean {
    if (this.#inString) {
      this.#stepInString(byte);
      return false;
    }
    if (byte <= 0x20) return false;
    if (this.#isOver) throw malformed("something follows its end");
    if (this.#depth === 0 && byte !== openBrace) throw malformed("it is not a JSON object");
    if (this.#isInArray && this.#depth === 2) this.#assertBetweenElements(byte);
    switch (byte) {
      case quote:
        this.#inString = true;
        this.#text = [];
        return false;
      case colon:
        if (this.#depth === 1) this.#key = Buffer.from(this.#text).toString();
        return false;
      case openBrace:
      case openBracket:
        this.#open(byte, position);
        return false;
      case closeBrace:
      case closeBracket:
        return this.#close();
      default:
        return false;
    }
  }

  #stepInString(byte: number): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (byte === backslash) this.#isEscaped = true;
    else if (byte === quote) {
      this.#inString = false;
      return;
    }
    if (this.#depth === 1 && this.#text.length <= maxKeyBytes) this.#text.push(byte);
  }

  #assertBetweenElements(byte: number): void {
    if (byte === openBrace || byte === comma || byte === closeBracket) return;
    throw new GatewayError("invalid_request", `\`${this.#member}.${this.#elements}\` must be an object.`, {
      param: `${this.#member}.${this.#elements}`,
    });
  }

  #open(byte: number, position: number): void {
    if (this.#depth === 1 && byte === openBracket && this.#key === this.#member) {
      if (this.#hasArray) throw malformed(`it has \`${this.#member}\` twice`);
      this.#isInArray = true;
      this.#hasArray = true;
    } else if (this.#isInArray && this.#depth === 2) {
      if (this.#elements >= this.#maxElements) {
        throw new GatewayError("request_too_large", `\`${this.#member}\` may have ${this.#maxElements} entries.`);
      }
      this.#elementAt = position;
    }
    this.#depth += 1;
  }

  #close(): boolean {
    this.#depth -= 1;
    if (this.#depth === 0) this.#isOver = true;
    if (this.#depth === 1) this.#isInArray = false;
    return this.#isInArray && this.#depth === 2 && this.#elementAt !== null;
  }

  #keep(part: Uint8Array): void {
    this.#partBytes += part.length;
    if (this.#partBytes > this.#maxElementBytes) {
      throw new GatewayError(
        "request_too_large",
        `\`${this.#member}.${this.#elements}\` is larger than ${this.#maxElementBytes} bytes, the most a request may be.`,
      );
    }
    this.#parts.push(part);
  }

  #take(): ArrayElement {
    const bytes = this.#parts.length === 1 ? (this.#parts[0] ?? new Uint8Array()) : Buffer.concat(this.#parts);
    const element = { index: this.#elements, offset: this.#elementAt ?? 0, bytes };
    this.#elements += 1;
    this.#elementAt = null;
    this.#parts = [];
    this.#partBytes = 0;
    return element;
  }
}

function malformed(problem: string): GatewayError {
  return new GatewayError("invalid_request", `The request body cannot be taken: ${problem}.`);
}
