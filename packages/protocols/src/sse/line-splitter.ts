/**
 * Takes one line without its end. `next` is the offset in the pushed chunk behind the line's end. Returns where to go on:
 * `next`, or further on where it knows the lines that follow.
 */
export type LineSink = (bytes: Uint8Array, start: number, end: number, next: number) => number;

export interface LineSplitter {
  /** `from` skips what the caller has taken itself, which ended with a line. */
  push(chunk: Uint8Array, from?: number): void;
  /** Hands over a last line that had no end. */
  finish(): void;
  /** True while bytes of an unfinished line are held. */
  readonly insideLine: boolean;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Splits bytes into lines at LF, CR or CRLF wherever the chunks are cut. Lines inside one chunk are handed over as
 * ranges of it, without copying. A line longer than `maxLineBytes` is cut to that length, the rest is skipped.
 */
export function createLineSplitter(sink: LineSink, maxLineBytes: number): LineSplitter {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let insideLine = false;
  let skipLineFeed = false;

  const keep = (chunk: Uint8Array, start: number, end: number): void => {
    const room = maxLineBytes - pendingBytes;
    const stop = Math.min(end, start + room);
    insideLine = true;
    if (stop <= start) return;
    pending.push(chunk.subarray(start, stop));
    pendingBytes += stop - start;
  };

  const emit = (chunk: Uint8Array, start: number, end: number, next: number): number => {
    if (!insideLine) return sink(chunk, start, Math.min(end, start + maxLineBytes), next);
    keep(chunk, start, end);
    const line = joinBytes(pending, pendingBytes);
    pending = [];
    pendingBytes = 0;
    insideLine = false;
    return sink(line, 0, line.length, next);
  };

  return {
    push(chunk, from = 0) {
      let start = from;
      if (skipLineFeed && chunk.length > start) {
        skipLineFeed = false;
        if (chunk[start] === lineFeed) start += 1;
      }
      // Looked for once: hardly any stream has returns, and one native search per line is cheaper than a look at each byte.
      const hasReturns = chunk.indexOf(carriageReturn, start) !== -1;
      while (start < chunk.length) {
        const at = hasReturns ? findLineEnd(chunk, start) : findLineFeed(chunk, start);
        if (at === -1) {
          keep(chunk, start, chunk.length);
          return;
        }
        const isReturn = chunk[at] === carriageReturn;
        const isPair = isReturn && chunk[at + 1] === lineFeed;
        const next = isPair ? at + 2 : at + 1;
        skipLineFeed = isReturn && next === chunk.length && !isPair;
        start = emit(chunk, start, at, next);
      }
    },
    finish() {
      if (insideLine) emit(new Uint8Array(0), 0, 0, 0);
    },
    get insideLine() {
      return insideLine;
    },
  };
}

/** Every second line of a stream is blank. */
function findLineFeed(chunk: Uint8Array, start: number): number {
  return chunk[start] === lineFeed ? start : chunk.indexOf(lineFeed, start);
}

function findLineEnd(chunk: Uint8Array, start: number): number {
  for (let at = start; at < chunk.length; at += 1) {
    const byte = chunk[at];
    if (byte === lineFeed || byte === carriageReturn) return at;
  }
  return -1;
}

/** One array of all parts; the part itself when it is the only one. */
function joinBytes(parts: readonly Uint8Array[], totalBytes: number): Uint8Array {
  const only = parts[0];
  if (parts.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(totalBytes);
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
