import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";

const mostLevels = 10;
const mostProperties = 5000;

/** All that a strict schema of OpenAI's may say for certain; with any other word it is left as it is. */
const knownWords: ReadonlySet<string> = new Set([
  "$schema",
  "$ref",
  "$defs",
  "definitions",
  "title",
  "description",
  "type",
  "properties",
  "required",
  "additionalProperties",
  "items",
  "enum",
  "const",
  "anyOf",
]);

/** True for a schema that OpenAI's `strict` takes: every object closed, with all its properties required. */
export function isStrictSchema(schema: JsonObject): boolean {
  let properties = 0;

  const isStrict = (node: JsonValue | undefined, level: number): boolean => {
    if (!isObject(node) || level > mostLevels || !Object.keys(node).every((word) => knownWords.has(word))) return false;
    const isTold = ["type", "$ref", "enum", "const", "anyOf"].some((word) => node[word] !== undefined);
    return isTold && isClosed(node) && arePartsStrict(node, level);
  };
  const arePartsStrict = (node: JsonObject, level: number): boolean => {
    const { items, anyOf = [], properties: members = {}, $defs = {}, definitions = {} } = node;
    if (!isArray(anyOf) || !isObject(members) || !isObject($defs) || !isObject(definitions)) return false;
    const types = isArray(node.type) ? node.type : [node.type];
    if (types.includes("array") && items === undefined) return false;
    properties += Object.keys(members).length;
    if (properties > mostProperties) return false;
    const inner = [...anyOf, ...Object.values(members), ...(items === undefined ? [] : [items])];
    return (
      inner.every((part) => isStrict(part, level + 1)) &&
      [...Object.values($defs), ...Object.values(definitions)].every((part) => isStrict(part, level))
    );
  };
  return schema.type === "object" && schema.anyOf === undefined && isStrict(schema, 0);
}

function isClosed({ type, properties, required, additionalProperties }: JsonObject): boolean {
  const isOfObjects = type === "object" || (isArray(type) && type.includes("object")) || properties !== undefined;
  if (!isOfObjects) return true;
  const names = isObject(properties) ? Object.keys(properties) : [];
  const all = isArray(required) ? required : [];
  return additionalProperties === false && names.length === all.length && names.every((name) => all.includes(name));
}
