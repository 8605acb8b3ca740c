import type { JsonObject } from "@copilot-llm/model";
import { writeJson } from "./exact-json.js";
import { readExactly } from "./parse-body.js";
import type { RequestPeek } from "./request-peek.js";

const quote = 0x22;
const backslash = 0x5c;
const modelKey = "model";
/** So many plain bytes in a row promise a long string, in which the native search pays. */
const longRunBytes = 64;

interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/** UTF-8's, which parsers of the upstream do not skip. */
const byteOrderMark = [0xef, 0xbb, 0xbf] as const;

/**
 * The body with `modelId` as its model, without a byte order mark. Only the value's bytes are replaced. A body whose top
 * level has more than one key that some reader takes for `model` (repeated, escaped, or in other letter case, which Go's
 * JSON accepts) is written anew with the one model, lest it smuggle a model past the allow-list. Returns `sent` itself
 * when nothing changes.
 */
export function replaceModel(sent: Uint8Array, peek: RequestPeek, modelId: string): Uint8Array {
  const hasMark = byteOrderMark.every((byte, at) => sent[at] === byte);
  const body = hasMark ? sent.subarray(byteOrderMark.length) : sent;
  if (peek.hasPlainModel && peek.model === modelId) return body;
  const value = findModelValue(body);
  if (value === null) return serialise(readExactly(sent, peek.body), modelId);
  if (peek.model === modelId) return body;
  const replacement = Buffer.from(JSON.stringify(modelId));
  return Buffer.concat([body.subarray(0, value.start), replacement, body.subarray(value.end)]);
}

function serialise(parsed: JsonObject, modelId: string): Uint8Array {
  return Buffer.from(writeJson({ ...parsed, model: modelId }));
}

/** The range of the top-level `model` string in valid JSON, or null when it is not the only such key. */
function findModelValue(bytes: Uint8Array): ByteRange | null {
  let depth = 0;
  let expectsKey = false;
  let model: ByteRange | null = null;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at];
    if (byte === quote) {
      const end = findStringEnd(bytes, at);
      if (depth === 1 && expectsKey) {
        expectsKey = false;
        const reading = readModelKey(bytes, at, end);
        if (reading === "lookalike" || (reading === "model" && model !== null)) return null;
        if (reading === "model") {
          const start = findStringStart(bytes, end);
          if (start === null) return null;
          model = { start, end: findStringEnd(bytes, start) };
          at = model.end - 1;
          continue;
        }
      }
      at = end - 1;
    } else if (byte === 0x7b) {
      depth += 1;
      expectsKey = depth === 1;
    } else if (byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) depth -= 1;
    else if (byte === 0x2c && depth === 1) expectsKey = true;
  }
  return model;
}

/** The opening quote of the value behind a key; null when the value is no string. */
function findStringStart(bytes: Uint8Array, keyEnd: number): number | null {
  const start = bytes.indexOf(quote, keyEnd);
  const between = Buffer.from(bytes.buffer, bytes.byteOffset + keyEnd, start - keyEnd).toString();
  return between.trim() === ":" ? start : null;
}

/** The offset behind the string's closing quote. */
function findStringEnd(bytes: Uint8Array, start: number): number {
  let runStart = start + 1;
  for (let at = start + 1; ; at += 1) {
    const byte = bytes[at];
    if (byte === quote) return at + 1;
    if (byte === backslash) {
      at += 1;
      runStart = at + 1;
    } else if (at - runStart > longRunBytes) {
      const candidate = bytes.indexOf(quote, at);
      if (!isEscaped(bytes, candidate)) return candidate + 1;
      at = candidate;
      runStart = at + 1;
    }
  }
}

/** True when an odd number of backslashes stands before the byte. */
function isEscaped(bytes: Uint8Array, at: number): boolean {
  let before = at - 1;
  while (bytes[before] === backslash) before -= 1;
  return (at - before) % 2 === 0;
}

function readModelKey(bytes: Uint8Array, start: number, end: number): "model" | "lookalike" | "other" {
  const raw = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start);
  if (raw.length === modelKey.length + 2 && raw.includes(modelKey)) return "model";
  if (raw.length < modelKey.length + 2) return "other";
  const isPlain = !raw.includes(backslash);
  if (isPlain && raw.length !== modelKey.length + 2) return "other";
  const key: unknown = JSON.parse(raw.toString());
  return typeof key === "string" && key.toLowerCase() === modelKey ? "lookalike" : "other";
}
