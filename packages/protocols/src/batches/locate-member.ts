const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openings = new Set([0x7b, 0x5b]);
const closings = new Set([0x7d, 0x5d]);

export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/**
 * Where the value of a member of an object stands in its JSON, to the byte; of a repeated one the last, as `JSON.parse`
 * has it. Null when there is none. The bytes must be an object that `JSON.parse` takes.
 */
export function locateMember(json: Uint8Array, name: string): ByteRange | null {
  let found: ByteRange | null = null;
  let at = json.indexOf(0x7b) + 1;
  for (;;) {
    const keyStart = json.indexOf(quote, at);
    if (keyStart === -1) return found;
    const keyEnd = skipString(json, keyStart);
    const start = skipSpace(json, json.indexOf(0x3a, keyEnd) + 1);
    const end = skipValue(json, start);
    if (nameOf(json.subarray(keyStart, keyEnd)) === name) found = { offset: start, length: end - start };
    at = end;
  }
}

function nameOf(literal: Uint8Array): unknown {
  return JSON.parse(Buffer.from(literal).toString());
}

/** Past the end of the string that begins there. */
function skipString(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== quote) at += json[at] === backslash ? 2 : 1;
  return at + 1;
}

function skipSpace(json: Uint8Array, start: number): number {
  let at = start;
  while ((json[at] ?? quote) <= 0x20) at += 1;
  return at;
}

/** Past the end of the value that begins there. */
function skipValue(json: Uint8Array, start: number): number {
  let depth = 0;
  let at = start;
  while (at < json.length) {
    const byte = json[at] ?? 0;
    if (byte === quote) {
      at = skipString(json, at);
      if (depth === 0) return at;
      continue;
    }
    if (openings.has(byte)) depth += 1;
    else if (closings.has(byte)) {
      if (depth === 0) return endOfScalar(json, start, at);
      depth -= 1;
      if (depth === 0) return at + 1;
    } else if (byte === comma && depth === 0) return endOfScalar(json, start, at);
    at += 1;
  }
  return at;
}

function endOfScalar(json: Uint8Array, start: number, end: number): number {
  let at = end;
  while (at > start && (json[at - 1] ?? 0) <= 0x20) at -= 1;
  return at;
}
