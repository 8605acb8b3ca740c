import { isJsonObject, type JsonObject, type JsonValue } from "@copilot-llm/model";

// Under the names by which the wires know them.
export { isJsonObject as isObject, parseJsonObject as parseObjectOrNull } from "@copilot-llm/model";

/** True for an array of JSON values. */
export function isArray(value: unknown): value is readonly JsonValue[] {
  return Array.isArray(value);
}

/** The value when it is a string, else null. */
export function stringOrNull(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

/** The object when it is one, else null. */
export function objectOrNull(value: unknown): JsonObject | null {
  return isJsonObject(value) ? value : null;
}

/** What a JSON value is called in a message to a client. */
export function typeName(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return "an object";
  return `a ${typeof value}`;
}
