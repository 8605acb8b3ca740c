import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";
import type { ServiceRule } from "./service-rule.js";

/** One thing that a service does not take in a JSON schema. */
export interface SchemaRule extends ServiceRule {
  /** `root`: looks at the whole schema only; `all`: at every schema inside it too. */
  readonly where: "root" | "all";
  /** The schema as the service takes it; the same object when there is nothing to change. */
  fit(schema: JsonObject): JsonObject;
}

/** What one service does not take in schemas. */
export interface SchemaDialect {
  readonly rules: readonly SchemaRule[];
}

const schemaKeys: ReadonlySet<string> = new Set([
  "items",
  "additionalItems",
  "unevaluatedItems",
  "additionalProperties",
  "unevaluatedProperties",
  "not",
  "contains",
  "propertyNames",
  "if",
  "then",
  "else",
  "anyOf",
  "oneOf",
  "allOf",
  "prefixItems",
]);
const mapKeys: ReadonlySet<string> = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "definitions",
  "dependentSchemas",
]);

/**
 * The schema in a dialect; the same object when nothing had to change, and of one that changed only what lies above the
 * change is new. Examples, defaults and enums are no schemas and stay. Bodies are never deep enough to exhaust the stack.
 */
export function fitSchema(schema: JsonObject, dialect: SchemaDialect, applied: Set<string>): JsonObject {
  let fitted = schema;
  for (const rule of dialect.rules) if (rule.where === "root") fitted = applyRule(rule, fitted, applied);
  const everywhere = dialect.rules.filter(({ where }) => where === "all");
  return everywhere.length === 0 ? fitted : fitNode(fitted, everywhere, applied);
}

function applyRule(rule: SchemaRule, schema: JsonObject, applied: Set<string>): JsonObject {
  const fitted = rule.fit(schema);
  if (fitted !== schema) applied.add(rule.name);
  return fitted;
}

function fitNode(schema: JsonObject, rules: readonly SchemaRule[], applied: Set<string>): JsonObject {
  let fitted: JsonObject = schema;
  for (const rule of rules) fitted = applyRule(rule, fitted, applied);
  let copy: Record<string, JsonValue | undefined> | null = null;
  for (const key in fitted) {
    const value = fitted[key];
    if (typeof value !== "object" || value === null) continue;
    const inner = schemaKeys.has(key)
      ? fitInner(value, rules, applied)
      : mapKeys.has(key)
        ? fitMembers(value, rules, applied)
        : value;
    if (inner === value) continue;
    copy ??= { ...fitted };
    copy[key] = inner;
  }
  return copy ?? fitted;
}

/** A schema, or a list of them. */
function fitInner(value: JsonValue, rules: readonly SchemaRule[], applied: Set<string>): JsonValue {
  if (isObject(value)) return fitNode(value, rules, applied);
  return isArray(value) ? fitList(value, rules, applied) : value;
}

function fitList(list: readonly JsonValue[], rules: readonly SchemaRule[], applied: Set<string>): readonly JsonValue[] {
  let copy: JsonValue[] | null = null;
  for (let index = 0; index < list.length; index += 1) {
    const item = list[index];
    const fitted = isObject(item) ? fitNode(item, rules, applied) : item;
    if (fitted === item || fitted === undefined) continue;
    copy ??= [...list];
    copy[index] = fitted;
  }
  return copy ?? list;
}

/** Schemas by name. */
function fitMembers(value: JsonValue, rules: readonly SchemaRule[], applied: Set<string>): JsonValue {
  if (!isObject(value)) return value;
  let copy: Record<string, JsonValue | undefined> | null = null;
  for (const name in value) {
    const member = value[name];
    const fitted = isObject(member) ? fitNode(member, rules, applied) : member;
    if (fitted === member) continue;
    copy ??= { ...value };
    copy[name] = fitted;
  }
  return copy ?? value;
}
