import { GatewayError, type JsonObject, type JsonValue } from "@copilot-llm/model";
import { roundExact } from "./exact-json.js";
import { isArray, isObject, typeName } from "./json.js";

/** The client's own mistake in the field `param`. */
export function invalidField(param: string, message: string): GatewayError {
  return new GatewayError("invalid_request", message, { param });
}

function wrongType(param: string, expected: string, value: JsonValue | undefined): GatewayError {
  return invalidField(param, `\`${param}\` must be ${expected}, not ${typeName(value)}.`);
}

/** The field as a string; null when it is absent or null. Throws `invalid_request` for another type, as all here do. */
export function optionalString(holder: JsonObject, name: string, at = ""): string | null {
  const value = holder[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== "string") throw wrongType(at + name, "a string", value);
  return value;
}

export function optionalNumber(holder: JsonObject, name: string, at = ""): number | null {
  const value = roundExact(holder[name]);
  if (value === undefined || value === null) return null;
  if (typeof value !== "number") throw wrongType(at + name, "a number", value);
  return value;
}

export function optionalBoolean(holder: JsonObject, name: string, at = ""): boolean | null {
  const value = holder[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== "boolean") throw wrongType(at + name, "true or false", value);
  return value;
}

export function optionalObject(holder: JsonObject, name: string, at = ""): JsonObject | null {
  const value = holder[name];
  if (value === undefined || value === null) return null;
  if (!isObject(value)) throw wrongType(at + name, "an object", value);
  return value;
}

/** The array's items as objects; empty when the field is absent or null. */
export function optionalObjects(holder: JsonObject, name: string, at = ""): readonly JsonObject[] {
  const value = holder[name];
  if (value === undefined || value === null) return [];
  if (!isArray(value)) throw wrongType(at + name, "an array", value);
  return value.map((item, index) => {
    if (!isObject(item)) throw wrongType(`${at}${name}.${index}`, "an object", item);
    return item;
  });
}

export function requiredString(holder: JsonObject, name: string, at = ""): string {
  const value = holder[name];
  if (typeof value !== "string") throw wrongType(at + name, "a string", value);
  return value;
}

/** `metadata` of OpenAI's wires: strings by name. */
export function optionalStrings(holder: JsonObject, name: string): Readonly<Record<string, string>> | null {
  const value = optionalObject(holder, name);
  if (value === null) return null;
  for (const [key, item] of Object.entries(value)) {
    if (typeof item !== "string") throw wrongType(`${name}.${key}`, "a string", item);
  }
  return value as Readonly<Record<string, string>>;
}

/** A copy without the members that are undefined, null included on request, for bodies that go over the wire. */
export function withoutNulls(fields: JsonObject): JsonObject {
  const kept: Record<string, JsonValue> = {};
  for (const name in fields) {
    const value = fields[name];
    if (value !== undefined && value !== null) kept[name] = value;
  }
  return kept;
}

/** Warnings for the fields of a body that no canonical request holds. */
export function warnDropped(body: JsonObject, known: ReadonlySet<string>, warnings: string[]): void {
  for (const name in body) {
    const value = body[name];
    if (!known.has(name) && value !== undefined && value !== null) {
      warnings.push(`\`${name}\` is not carried to this model's protocol and was left out.`);
    }
  }
}
