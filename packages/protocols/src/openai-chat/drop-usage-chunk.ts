import type { ReportedUsage } from "@copilot-llm/model";
import { isArray, isObject, parseObjectOrNull } from "../body/json.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import type { StreamRewriter } from "../codec/stream-rewriter.js";
import { mapUsage } from "./map-usage.js";

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const colon = 0x3a;
const letterN = 0x6e;
const nothing = new Uint8Array(0);
/** Without its opening quote: a search stops at each first letter, and quotes are many. */
const usageName = Buffer.from('usage"');
const dataField = "data:";

/**
 * Keeps the chunk that tells nothing but usage from a client that did not ask for it, and reads it. Everything else goes
 * on as it came, up to the last whole line. A chunk costs one native search as long as nothing is to be dropped.
 */
export function createUsageChunkDropper(): StreamRewriter {
  let held: Uint8Array[] = [];
  let withheld: ReportedUsage | null = null;
  /** The line behind one that was dropped ends its event. */
  let expectsEnd = false;

  /** The offset behind a blank line at `start` when the event of a dropped line ends there; `start` itself otherwise. */
  const skipEnd = (bytes: Buffer, start: number): number => {
    if (!expectsEnd || start === bytes.length) return start;
    expectsEnd = false;
    const end = endOfLine(bytes, start);
    return isBlank(bytes, start, end) ? end : start;
  };

  /** `bytes` are whole lines but for the very last of a stream. */
  const pass = (bytes: Buffer): Uint8Array => {
    const kept: Uint8Array[] = [];
    let from = skipEnd(bytes, 0);
    let hasDropped = from > 0;
    for (let at = bytes.indexOf(usageName, from); at !== -1; at = bytes.indexOf(usageName, at)) {
      if (isOfNull(bytes, at + usageName.length)) {
        at += usageName.length;
        continue;
      }
      const start = bytes.lastIndexOf(lineFeed, at) + 1;
      const end = endOfLine(bytes, at);
      const usage = readUsageChunk(bytes.toString("utf8", start, end));
      at = end;
      if (usage === null) continue;
      withheld = usage;
      expectsEnd = true;
      hasDropped = true;
      if (start > from) kept.push(bytes.subarray(from, start));
      from = skipEnd(bytes, end);
      at = from;
    }
    if (!hasDropped) return bytes;
    if (from < bytes.length) kept.push(bytes.subarray(from));
    return kept.length === 1 && kept[0] !== undefined ? kept[0] : Buffer.concat(kept);
  };

  return {
    push(chunk) {
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
    finish() {
      const rest = Buffer.concat(held);
      held = [];
      return pass(rest);
    },
    get isIdle() {
      return held.length === 0 && !expectsEnd;
    },
    get withheld() {
      return withheld;
    },
  };
}

/** What the line tells when it is a chunk without a choice; null for any other. */
function readUsageChunk(line: string): ReportedUsage | null {
  if (!line.startsWith(dataField)) return null;
  const chunk = parseObjectOrNull(line.slice(dataField.length));
  if (chunk === null || !isObject(chunk.usage) || !isArray(chunk.choices) || chunk.choices.length > 0) return null;
  return { tokens: mapUsage(chunk.usage), nanoAiu: mapNanoAiu(chunk) };
}

/** Whether the name that ends at `behind` is the key of a null: many services say so in every chunk. */
function isOfNull(bytes: Buffer, behind: number): boolean {
  let at = behind;
  while (bytes[at] === colon || bytes[at] === space) at += 1;
  return bytes[at] === letterN;
}

function isBlank(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at];
    if (byte !== lineFeed && byte !== carriageReturn && byte !== space) return false;
  }
  return true;
}

function endOfLine(bytes: Buffer, start: number): number {
  const at = bytes.indexOf(lineFeed, start);
  return at === -1 ? bytes.length : at + 1;
}

function toBuffer(bytes: Uint8Array): Buffer {
  return bytes instanceof Buffer ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
