import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "./json.js";

/**
 * Stands for no text of a body: JSON spells NUL in one way only, so that a body in which that spelling is not found has
 * no such string, neither as a key nor as a value.
 */
const mark = "\0".repeat(8);
const spelledMark = JSON.stringify(mark).slice(1, -1);
/**
 * Where an array of messages may be cut: behind the brace, with or without the space that Python's JSON writes. A message
 * begins with its role; what lies deeper, where no cut may be, begins with other names, and to find that out costs a parse.
 */
const seams = ['},{"role"', '}, {"role"'] as const;
const seamTail = '{"role"'.length;

interface Piece {
  readonly start: number;
  readonly end: number;
}

/**
 * The object that a body of JSON is, read in pieces of at most so many bytes: its pieces are its top level's arrays of
 * objects cut between two of them. Null where it cannot be cut so, or is not JSON: whoever reads it as a whole finds out
 * which. What is returned is exactly what `JSON.parse` makes of the whole. `read` hears each piece's text.
 */
export function parseInPieces(
  body: Buffer,
  mostBytes: number,
  read: (bytes: Uint8Array) => string,
): { readonly [name: string]: JsonValue } | null {
  const pieces = cut(body, mostBytes);
  if (pieces === null || body.includes(spelledMark)) return null;
  try {
    return join(pieces.map(({ start, end }) => read(body.subarray(start, end))));
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Null where a stretch has no seam. */
function cut(body: Buffer, mostBytes: number): readonly Piece[] | null {
  const pieces: Piece[] = [];
  let start = 0;
  while (body.length - start > mostBytes) {
    const from = start + mostBytes / 2;
    const seam = findSeam(body.subarray(from, start + mostBytes));
    if (seam === null) return null;
    pieces.push({ start, end: from + seam.start });
    start = from + seam.end;
  }
  pieces.push({ start, end: body.length });
  return pieces;
}

/** The last one: where the first object ends and the next begins. */
function findSeam(bytes: Buffer): Piece | null {
  for (const seam of seams) {
    const at = bytes.lastIndexOf(seam);
    if (at !== -1) return { start: at + 1, end: at + seam.length - seamTail };
  }
  return null;
}

/**
 * A piece is JSON with its ends closed by us only if it was cut within an array of the top level; the mark says in which.
 * Of a key that comes twice the last one stands, as in `JSON.parse`.
 */
function join(texts: readonly string[]): { readonly [name: string]: JsonValue } | null {
  const [first = "", ...rest] = texts;
  const whole = parseObject(`${first},"${spelledMark}"]}`);
  let open = whole === null ? null : takeOpen(whole);
  if (whole === null) return null;
  for (const [index, text] of rest.entries()) {
    const isLast = index === rest.length - 1;
    const opened = `{"${spelledMark}":[${text}`;
    const piece = parseObject(isLast ? opened : `${opened},"${spelledMark}"]}`);
    const more = piece?.[mark];
    if (open === null || piece === null || !isArray(more)) return null;
    const next = isLast ? null : takeOpen(piece);
    for (const item of more) open.push(item);
    for (const name in piece) if (name !== mark) whole[name] = piece[name] ?? null;
    if (next !== more) open = next;
  }
  return whole;
}

function parseObject(text: string): Record<string, JsonValue> | null {
  const value = JSON.parse(text) as JsonValue;
  // As a member that is set, the name would change what the object is.
  return isObject(value) && !Object.hasOwn(value, "__proto__") ? (value as Record<string, JsonValue>) : null;
}

/** The array that was cut, without the mark. */
function takeOpen(object: JsonObject): JsonValue[] | null {
  for (const name in object) {
    const value = object[name];
    if (!isArray(value) || value.at(-1) !== mark) continue;
    const open = value as JsonValue[];
    open.pop();
    return open;
  }
  return null;
}
