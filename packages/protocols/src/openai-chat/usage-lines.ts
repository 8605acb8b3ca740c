import type { JsonObject } from "@copilot-llm/model";
import { isObject, parseObjectOrNull } from "../body/json.js";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const colon = 0x3a;
const letterN = 0x6e;
const nothing = new Uint8Array(0);
/** Without its opening quote: a search stops at each first letter, and quotes are many. */
const usageName = Buffer.from('usage"');
const dataField = "data:";

/** A line of a stream that holds a chunk with usage. */
interface UsageLine {
  readonly start: number;
  /** Behind its line feed. */
  readonly end: number;
  readonly chunk: JsonObject & { readonly usage: JsonObject };
}

/** The next line at or behind `from` whose chunk tells usage; null when there is none. Costs one native search then. */
export function findUsageLine(bytes: Buffer, from: number): UsageLine | null {
  let at = bytes.indexOf(usageName, from);
  while (at !== -1) {
    if (!isOfNull(bytes, at + usageName.length)) {
      const start = bytes.lastIndexOf(lineFeed, at) + 1;
      const end = endOfLine(bytes, at);
      const chunk = parseUsageChunk(bytes.toString("utf8", start, end));
      if (chunk !== null) return { start, end, chunk };
      at = end;
    } else at += usageName.length;
    at = bytes.indexOf(usageName, at);
  }
  return null;
}

function parseUsageChunk(line: string): UsageLine["chunk"] | null {
  if (!line.startsWith(dataField)) return null;
  const chunk = parseObjectOrNull(line.slice(dataField.length));
  return chunk !== null && isObject(chunk.usage) ? { ...chunk, usage: chunk.usage } : null;
}

/** Whether the name that ends at `behind` is the key of a null: many services say so in every chunk. */
function isOfNull(bytes: Buffer, behind: number): boolean {
  let at = behind;
  while (bytes[at] === colon || bytes[at] === space) at += 1;
  return bytes[at] === letterN;
}

export function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte !== lineFeed && byte !== carriageReturn && byte !== space) return false;
  }
  return true;
}

/** The offset behind the line that `start` is in. */
export function endOfLine(bytes: Buffer, start: number): number {
  const at = bytes.indexOf(lineFeed, start);
  return at === -1 ? bytes.length : at + 1;
}

/** The beginning of a line, kept until its rest comes. */
interface LineHolder {
  /** What `pass` makes of the whole lines; the chunk itself where that is it. */
  push(chunk: Uint8Array, pass: (lines: Buffer) => Uint8Array): Uint8Array;
  /** What is left of an unfinished last line; empties the holder. */
  takeRest(): Buffer;
  readonly isEmpty: boolean;
}

export function createLineHolder(): LineHolder {
  let held: Uint8Array[] = [];
  return {
    push(chunk, pass) {
      const end = chunk.lastIndexOf(lineFeed) + 1;
      if (end === 0) {
        held.push(Buffer.from(chunk));
        return nothing;
      }
      const whole = end === chunk.length ? chunk : chunk.subarray(0, end);
      const isWhole = held.length === 0 && end === chunk.length;
      const bytes = held.length === 0 ? toBuffer(whole) : Buffer.concat([...held, whole]);
      held = end === chunk.length ? [] : [Buffer.from(chunk.subarray(end))];
      const passed = pass(bytes);
      return isWhole && passed === bytes ? chunk : passed;
    },
    takeRest() {
      const rest = Buffer.concat(held);
      held = [];
      return rest;
    },
    get isEmpty() {
      return held.length === 0;
    },
  };
}

function toBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
