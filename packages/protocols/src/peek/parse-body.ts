import { isUtf8 } from "node:buffer";
import { GatewayError, type JsonObject } from "@copilot-llm/model";
import { isObject, typeName } from "../json.js";
import { locateJsonError } from "./locate-json-error.js";

const decoder = new TextDecoder();

/**
 * The request body as an object. Keys that some readers take for `model` because they ignore letter case (Go's JSON
 * does) are left out, lest they smuggle a model past the allow-list; `replaceModel` sees them in the bytes. Throws `invalid_request` that says where the JSON breaks.
 */
export function parseBody(body: Uint8Array): JsonObject {
  if (body.length === 0) throw new GatewayError("invalid_request", "The request body is empty; send a JSON object.");
  if (!isUtf8(body)) throw new GatewayError("invalid_request", "The request body is not valid UTF-8.");
  const value = parseJson(decoder.decode(body));
  if (isObject(value)) return withoutLookalikes(value);
  throw new GatewayError("invalid_request", `The request body must be a JSON object, not ${typeName(value)}.`);
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
