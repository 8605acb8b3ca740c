import type { ReportedUsage } from "@copilot-llm/model";
import { isArray } from "../body/json.js";
import { mapNanoAiu } from "../codec/map-nano-aiu.js";
import type { StreamRewriter } from "../codec/stream-rewriter.js";
import { mapUsage } from "./map-usage.js";
import { createLineHolder, endOfLine, findUsageLine, isBlank } from "./usage-lines.js";

/**
 * Keeps the chunk that tells nothing but usage from a client that did not ask for it, and reads it. Everything else goes
 * on as it came, up to the last whole line. A chunk costs one native search as long as nothing is to be dropped.
 */
export function createUsageChunkDropper(): StreamRewriter {
  const holder = createLineHolder();
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
    for (let line = findUsageLine(bytes, from); line !== null; line = findUsageLine(bytes, line.end)) {
      const { start, end, chunk } = line;
      if (!isArray(chunk.choices) || chunk.choices.length > 0) continue;
      withheld = { tokens: mapUsage(chunk.usage), nanoAiu: mapNanoAiu(chunk) };
      expectsEnd = true;
      hasDropped = true;
      if (start > from) kept.push(bytes.subarray(from, start));
      from = skipEnd(bytes, end);
    }
    if (!hasDropped) return bytes;
    if (from < bytes.length) kept.push(bytes.subarray(from));
    return kept.length === 1 && kept[0] !== undefined ? kept[0] : Buffer.concat(kept);
  };

  return {
    push: (chunk) => holder.push(chunk, pass),
    finish: () => pass(holder.takeRest()),
    get isIdle() {
      return holder.isEmpty && !expectsEnd;
    },
    get withheld() {
      return withheld;
    },
  };
}
