/** Takes one line without its end. `next` is the offset in the pushed chunk behind the line's end. */
export type LineSink = (bytes: Uint8Array, start: number, end: number, next: number) => void;

export interface LineSplitter {
  push(chunk: Uint8Array): void;
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

  const emit = (chunk: Uint8Array, start: number, end: number, next: number): void => {
    if (!insideLine) {
      sink(chunk, start, Math.min(end, start + maxLineBytes), next);
      return;
    }
    keep(chunk, start, end);
    const line = joinBytes(pending, pendingBytes);
    pending = [];
    pendingBytes = 0;
    insideLine = false;
    sink(line, 0, line.length, next);
  };

  return {
    push(chunk) {
      let start = 0;
      if (skipLineFeed && chunk.length > 0) {
        skipLineFeed = false;
        if (chunk[0] === lineFeed) start = 1;
      }
      // A plain loop: two native searches per line cost more than the few hundred bytes of a common line.
      for (let at = start; at < chunk.length; at += 1) {
        const byte = chunk[at];
        if (byte !== lineFeed && byte !== carriageReturn) continue;
        const isPair = byte === carriageReturn && chunk[at + 1] === lineFeed;
        const next = isPair ? at + 2 : at + 1;
        emit(chunk, start, at, next);
        skipLineFeed = byte === carriageReturn && next === chunk.length && !isPair;
        start = next;
        if (isPair) at += 1;
      }
      if (start < chunk.length) keep(chunk, start, chunk.length);
    },
    finish() {
      if (insideLine) emit(new Uint8Array(0), 0, 0, 0);
    },
    get insideLine() {
      return insideLine;
    },
  };
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
