import { GatewayError } from "@copilot-llm/model";

const newline = 0x0a;
const carriageReturn = 0x0d;
const byteOrderMark = [0xef, 0xbb, 0xbf] as const;

/** A line of a file, without its end. */
export interface FileLine {
  /** From 1; empty lines are counted and left out. */
  readonly number: number;
  /** Where it begins in the file. */
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** The lines of a file, one after the other. Throws `request_too_large` for a line that is longer than `maxBytes`. */
export async function* splitLines(content: AsyncIterable<Uint8Array>, maxBytes: number): AsyncIterable<FileLine> {
  let kept: Uint8Array[] = [];
  let keptBytes = 0;
  let number = 1;
  let offset = 0;
  const assertShort = (bytes: number): void => {
    if (bytes <= maxBytes) return;
    throw new GatewayError("request_too_large", `Line ${number} of the file is longer than ${maxBytes} bytes.`);
  };
  const keep = (part: Uint8Array): void => {
    kept.push(part);
    keptBytes += part.length;
    // One byte may belong to the line's end.
    assertShort(keptBytes - 1);
  };
  const take = (): FileLine | null => {
    const whole = kept.length === 1 ? (kept[0] ?? new Uint8Array()) : Buffer.concat(kept);
    const line = lineOf(whole, number, offset);
    assertShort(line?.bytes.length ?? 0);
    number += 1;
    offset += keptBytes + 1;
    kept = [];
    keptBytes = 0;
    return line;
  };
  for await (const chunk of content) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, from)) {
      keep(chunk.subarray(from, end));
      from = end + 1;
      const line = take();
      if (line !== null) yield line;
    }
    if (from < chunk.length) keep(chunk.slice(from));
  }
  const last = take();
  if (last !== null) yield last;
}

/** Null for an empty one. */
function lineOf(bytes: Uint8Array, number: number, offset: number): FileLine | null {
  const start = number === 1 && byteOrderMark.every((byte, at) => bytes[at] === byte) ? byteOrderMark.length : 0;
  const end = bytes.at(-1) === carriageReturn ? bytes.length - 1 : bytes.length;
  if (bytes.subarray(start, end).every((byte) => byte === 0x20 || byte === 0x09)) return null;
  return { number, offset: offset + start, bytes: bytes.subarray(start, end) };
}
