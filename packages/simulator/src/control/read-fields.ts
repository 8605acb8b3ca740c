import { isJsonObject, type JsonObject } from "../json-value.js";

/** A type name, a list of allowed words, or `record` for a flat object. */
export type FieldKind = "string" | "number" | "boolean" | "strings" | "record" | readonly string[];

/** A control request that makes no sense; the message says why. */
export class ControlError extends Error {
  override readonly name = "ControlError";
}

/** The named fields of a control request's body. Throws a ControlError for unknown fields and wrong types. */
export function readFields(
  body: JsonObject | undefined,
  kinds: Readonly<Record<string, FieldKind>>,
  required: readonly string[] = [],
): JsonObject {
  if (body === undefined) throw new ControlError("the body must be a JSON object");
  for (const name of required) {
    if (body[name] === undefined) throw new ControlError(`${name} is missing`);
  }
  for (const [name, value] of Object.entries(body)) {
    const kind = kinds[name];
    if (kind === undefined) throw new ControlError(`${name} is unknown; known: ${Object.keys(kinds).join(", ")}`);
    if (!fits(value, kind)) throw new ControlError(`${name} must be ${describe(kind)}`);
  }
  return body;
}

function fits(value: unknown, kind: FieldKind): boolean {
  if (kind === "strings") return Array.isArray(value) && value.every((item) => typeof item === "string");
  if (kind === "record") return isJsonObject(value);
  if (typeof kind === "string") return typeof value === kind;
  return typeof value === "string" && kind.includes(value);
}

function describe(kind: FieldKind): string {
  if (kind === "strings") return "a list of strings";
  if (kind === "record") return "an object";
  return typeof kind === "string" ? `a ${kind}` : `one of ${kind.join(", ")}`;
}
