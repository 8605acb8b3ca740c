import type { ReportedUsage } from "@copilot-llm/model";
import { isArray, isObject, parseObjectOrNull } from "../body/json.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import type { StreamRewriter } from "../codec/stream-rewriter.js";
import { mapUsage } from "./map-usage.js";

const lineFeed = 0x0a;
const nothing = new Uint8Array(0);
const usageName = '"usage"';

/**
 * Keeps the chunk that tells nothing but usage from a client that did not ask for it, and reads it. Everything else goes
 * on as it came, up to the last whole line. Bytes are read as Latin-1, so that characters may be cut anywhere.
 */
export function createUsageChunkDropper(): StreamRewriter {
  let held: Uint8Array[] = [];
  let withheld: ReportedUsage | null = null;
  /** The line behind one that was dropped, which ends its event. */
  let expectsEnd = false;

  const isKept = (line: string): boolean => {
    const endsDropped = expectsEnd && line.trim() === "";
    expectsEnd = false;
    if (endsDropped) return false;
    const usage = line.includes(usageName) ? readUsageChunk(line) : null;
    if (usage === null) return true;
    withheld = usage;
    expectsEnd = true;
    return false;
  };

  const pass = (bytes: Uint8Array): Uint8Array => {
    if (!expectsEnd && !toBuffer(bytes).includes(usageName)) return bytes;
    const lines = toBuffer(bytes).toString("latin1").split("\n");
    const last = lines.pop() ?? "";
    const kept = lines.filter(isKept);
    if (kept.length === lines.length) return bytes;
    return Buffer.from(kept.map((line) => `${line}\n`).join("") + last, "latin1");
  };

  return {
    push(chunk) {
      const end = chunk.lastIndexOf(lineFeed) + 1;
      if (end === 0) {
        held.push(Buffer.from(chunk));
        return nothing;
      }
      const whole = end === chunk.length ? chunk : chunk.subarray(0, end);
      const bytes = held.length === 0 ? whole : Buffer.concat([...held, whole]);
      held = end === chunk.length ? [] : [Buffer.from(chunk.subarray(end))];
      return pass(bytes);
    },
    finish() {
      const rest = Buffer.concat(held);
      held = [];
      return isKept(rest.toString("latin1")) ? rest : nothing;
    },
    get withheld() {
      return withheld;
    },
  };
}

/** What the line tells when it is a chunk without a choice; null for any other. */
function readUsageChunk(line: string): ReportedUsage | null {
  if (!line.startsWith("data:")) return null;
  const chunk = parseObjectOrNull(line.slice("data:".length));
  if (chunk === null || !isObject(chunk.usage) || !isArray(chunk.choices) || chunk.choices.length > 0) return null;
  return { tokens: mapUsage(chunk.usage), nanoAiu: mapNanoAiu(chunk) };
}

function toBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
