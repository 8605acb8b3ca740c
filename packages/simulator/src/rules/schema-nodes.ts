import { isJsonObject, type JsonObject } from "../json-value.js";

/** A schema inside a JSON schema, the whole included. */
export interface SchemaNode {
  /** The keys that lead to it. */
  readonly path: readonly string[];
  readonly schema: JsonObject;
}

const schemaKeys = ["items", "additionalProperties", "not", "contains", "propertyNames", "if", "then", "else"];
const listKeys = ["anyOf", "oneOf", "allOf", "prefixItems"];
const mapKeys = ["properties", "patternProperties", "$defs", "definitions", "dependentSchemas"];

/** Every schema below a value, outer ones first. Examples, defaults and enums are no schemas. */
export function* schemaNodes(value: unknown, path: readonly string[] = []): Generator<SchemaNode> {
  if (!isJsonObject(value)) return;
  yield { path, schema: value };
  for (const key of schemaKeys) yield* schemaNodes(value[key], [...path, key]);
  for (const key of listKeys) {
    const list = value[key];
    if (!Array.isArray(list)) continue;
    for (const [index, item] of list.entries()) yield* schemaNodes(item, [...path, key, String(index)]);
  }
  for (const key of mapKeys) {
    const map = value[key];
    if (!isJsonObject(map)) continue;
    for (const [name, item] of Object.entries(map)) yield* schemaNodes(item, [...path, key, name]);
  }
}

/** The schema's `type`, as a list. */
export function typesOf({ type }: JsonObject): readonly unknown[] {
  return Array.isArray(type) ? type : type === undefined ? [] : [type];
}
