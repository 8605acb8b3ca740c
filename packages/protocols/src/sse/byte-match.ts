const encoder = new TextEncoder();

/** ASCII text as bytes, made once for the scans. */
export function asciiBytes(text: string): Uint8Array {
  return encoder.encode(text);
}

/** True when `bytes` holds `wanted` at `at`. */
export function matchesAt(bytes: Uint8Array, at: number, wanted: Uint8Array): boolean {
  for (let index = 0; index < wanted.length; index += 1) {
    if (bytes[at + index] !== wanted[index]) return false;
  }
  return true;
}

const quote = 0x22;
const colon = 0x3a;
const space = 0x20;
const letterN = 0x6e;

/** Names to look for, with the letters that they begin with, so that most strings are passed by with one look. */
export interface NameSet {
  readonly names: readonly Uint8Array[];
  /** By byte: 1 where a name begins with it. */
  readonly firstBytes: Uint8Array;
}

export function createNameSet(names: readonly string[]): NameSet {
  const firstBytes = new Uint8Array(256);
  const encoded = names.map(asciiBytes);
  for (const name of encoded) firstBytes[name[0] ?? 0] = 1;
  return { names: encoded, firstBytes };
}

/**
 * True when the JSON text holds one of `names` as a whole string that is not the key of a null. Inside longer strings
 * quotes are escaped, so text that merely speaks of such a name does not count.
 */
export function holdsName(bytes: Uint8Array, start: number, end: number, { names, firstBytes }: NameSet): boolean {
  for (let at = start; at < end; at += 1) {
    if (bytes[at] !== quote || firstBytes[bytes[at + 1] ?? 0] !== 1) continue;
    for (let index = 0; index < names.length; index += 1) {
      if (standsFor(bytes, at + 1, end, names[index] ?? bytes)) return true;
    }
  }
  return false;
}

function standsFor(bytes: Uint8Array, at: number, end: number, name: Uint8Array): boolean {
  let behind = at + name.length;
  if (bytes[behind] !== quote || !matchesAt(bytes, at, name)) return false;
  behind += 1;
  while (behind < end && (bytes[behind] === colon || bytes[behind] === space)) behind += 1;
  return bytes[behind] !== letterN;
}
