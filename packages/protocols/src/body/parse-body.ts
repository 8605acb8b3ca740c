import { isAscii, isUtf8 } from "node:buffer";
import { GatewayError, type JsonObject } from "@copilot-llm/model";
import { isDeeperThan, mostLevels } from "./depth.js";
import { holdsLongNumber, readJson } from "./exact-json.js";
import { isObject, typeName } from "./json.js";
import { locateJsonError } from "./locate-json-error.js";
import { parseInPieces } from "./parse-in-pieces.js";

const decoder = new TextDecoder();
/** The end of a string that may be `model`, or an escape that may stand for one of its letters. */
const modelOrEscapedLetter = /model"|\\u00[46]/g;
/** A longer string lies in memory that is fetched from the system for it alone, which costs ten times the copying. */
const longestShortText = 120_000;

const plainMention = 'model"';

export interface ParsedBody {
  readonly value: JsonObject;
  /** No second key can be taken for `model` by any reader; the converse does not hold. */
  readonly hasPlainModel: boolean;
}

/**
 * The request body as an object. Keys that some readers take for `model` because they ignore letter case (Go's JSON
 * does) are left out, lest they smuggle a model past the allow-list; `replaceModel` sees them in the bytes. Throws
 * `invalid_request` that says where the JSON breaks, and for JSON that is nested too deeply for anybody to walk it.
 */
export function parseBody(body: Uint8Array): ParsedBody {
  if (body.length === 0) throw new GatewayError("invalid_request", "The request body is empty; send a JSON object.");
  if (!isUtf8(body)) throw new GatewayError("invalid_request", "The request body is not valid UTF-8.");
  const { parsed, mentions } = readBody(body);
  if (isObject(parsed)) {
    if (isDeeperThan(parsed, mostLevels)) throw tooDeep();
    const value = withoutLookalikes(parsed);
    return { value, hasPlainModel: value === parsed && mentions.length === 1 && mentions[0] === plainMention };
  }
  throw new GatewayError("invalid_request", `The request body must be a JSON object, not ${typeName(parsed)}.`);
}

/**
 * The body with every number as it is written in the bytes, for what is written anew: the body itself where none is so
 * long that it would be rounded.
 */
export function readExactly(bytes: Uint8Array, body: JsonObject): JsonObject {
  if (!holdsLongNumber(bytes)) return body;
  const exact = readJson(decodeText(bytes));
  return isObject(exact) ? withoutLookalikes(exact) : body;
}

function tooDeep(): GatewayError {
  return new GatewayError("invalid_request", `The request body is nested more than ${mostLevels} levels deep.`);
}

/** What is ASCII makes a string of one byte per character, which is read and parsed faster. */
function decodeText(body: Uint8Array): string {
  if (!isAscii(body)) return decoder.decode(body);
  return Buffer.from(body.buffer, body.byteOffset, body.length).toString("latin1");
}

interface ReadBody {
  readonly parsed: unknown;
  /**
   * What in its text may be the key `model`, the first two: the parsed body has the key, so that a single plain mention
   * is that key and nothing else can be one.
   */
  readonly mentions: readonly string[];
}

function readBody(body: Uint8Array): ReadBody {
  const mentions: string[] = [];
  const read = (bytes: Uint8Array): string => {
    const text = decodeText(bytes);
    if (mentions.length < 2) noteMentions(text, mentions);
    return text;
  };
  if (body.length > longestShortText) {
    const buffer = Buffer.from(body.buffer, body.byteOffset, body.length);
    // Other characters may take twice as much.
    const parsed = parseInPieces(buffer, isAscii(body) ? longestShortText : longestShortText / 2, read);
    if (parsed !== null) return { parsed, mentions };
    mentions.length = 0;
  }
  return { parsed: parseJson(read(body)), mentions };
}

function noteMentions(text: string, mentions: string[]): void {
  for (const [mention] of text.matchAll(modelOrEscapedLetter)) {
    mentions.push(mention);
    if (mentions.length === 2) return;
  }
}

function withoutLookalikes(body: JsonObject): JsonObject {
  const isLookalike = (name: string): boolean => name !== "model" && name.toLowerCase() === "model";
  if (!Object.keys(body).some(isLookalike)) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !isLookalike(name)));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const { line, column, problem } = locateJsonError(text);
    throw new GatewayError(
      "invalid_request",
      `The request body is not valid JSON: at line ${line}, column ${column} ${problem}.`,
      { cause },
    );
  }
}
