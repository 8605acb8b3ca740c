import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { writeJson } from "../body/exact-json.js";
import { isArray, isObject } from "../body/json.js";
import { withMember, withoutMembers } from "../body/rewrite.js";
import type { SchemaDialect, SchemaRule } from "./fit-schema.js";
import { isInFamily, type ModelName } from "./model-family.js";

/** A schema's `type`, as a list. */
function typesOf({ type }: JsonObject): readonly JsonValue[] {
  if (isArray(type)) return type;
  return type === undefined ? [] : [type];
}

/** The schema with more said about it, where its rules cannot say it. */
function describe(schema: JsonObject, remark: string): JsonObject {
  const said = typeof schema.description === "string" && schema.description !== "" ? `${schema.description} ` : "";
  return { ...schema, description: `${said}(${remark})` };
}

const composedBy = ["$ref", "anyOf", "oneOf", "allOf"] as const;

const objectsHaveProperties: SchemaRule = {
  name: "parameters-have-properties",
  source: "copilot-cli#1825, ericc-ch/copilot-api PR#192",
  where: "root",
  fit(schema) {
    const isUntyped = schema.type === undefined && !composedBy.some((key) => key in schema);
    if ((schema.type !== "object" && !isUntyped) || (schema.type === "object" && isObject(schema.properties)))
      return schema;
    return { ...schema, type: "object", properties: isObject(schema.properties) ? schema.properties : {} };
  },
};

const arraysHaveItems: SchemaRule = {
  name: "arrays-have-items",
  source: "docker/mcp-gateway#275",
  where: "all",
  fit: (schema) =>
    schema.items === undefined && typesOf(schema).includes("array") ? { ...schema, items: {} } : schema,
};

const itemsOfOneType: SchemaRule = {
  name: "gemini-takes-no-union-in-items",
  source: "copilot-cli#4155, #4623",
  where: "all",
  fit(schema) {
    const { items } = schema;
    if (!isObject(items) || !isArray(items.type) || items.type.length < 2) return schema;
    return { ...schema, items: takeFirstType(items, items.type) };
  },
};

function takeFirstType(schema: JsonObject, types: readonly JsonValue[]): JsonObject {
  const real = types.filter((type) => type !== "null");
  const typed: JsonObject = { ...schema, type: real[0] ?? "string" };
  const nullable = real.length < types.length ? { ...typed, nullable: true } : typed;
  return real.length > 1 ? describe(nullable, `${real.join(" or ")}`) : nullable;
}

const enumsOnValuesOnly: SchemaRule = {
  name: "gemini-takes-no-enum-on-an-array",
  source: "copilot-cli#4835",
  where: "all",
  fit(schema) {
    if (schema.enum === undefined || !typesOf(schema).includes("array")) return schema;
    return describe(withoutMembers(schema, ["enum"]), `one of ${writeJson(schema.enum)}`);
  },
};

const inputIsAnObject: SchemaRule = {
  name: "input-schemas-are-objects",
  source: "Anthropic's API",
  where: "root",
  fit: (schema) =>
    schema.type === undefined || schema.type === null || (isArray(schema.type) && schema.type.includes("object"))
      ? { ...schema, type: "object" }
      : schema,
};

const outputObjectsAreClosed: SchemaRule = {
  name: "output-objects-are-closed",
  source: "litellm#35808, PR#35811",
  where: "all",
  fit: (schema) =>
    typesOf(schema).includes("object") || isObject(schema.properties)
      ? withMember(schema, "additionalProperties", false)
      : schema,
};

const bounds = [
  "minimum",
  "maximum",
  "exclusiveMinimum",
  "exclusiveMaximum",
  "multipleOf",
  "minLength",
  "maxLength",
  "minItems",
  "maxItems",
  "uniqueItems",
  "minProperties",
  "maxProperties",
] as const;

const outputHasNoBounds: SchemaRule = {
  name: "output-has-no-bounds",
  source: "litellm PR#21045",
  where: "all",
  fit(schema) {
    const given = bounds.filter((name) => schema[name] !== undefined);
    if (given.length === 0) return schema;
    const remark = given.map((name) => `${name} ${writeJson(schema[name] ?? null)}`).join(", ");
    return describe(withoutMembers(schema, given), remark);
  },
};

/** Tools on Chat and Responses, unless the model has a dialect of its own. */
export const openaiTools: SchemaDialect = { rules: [objectsHaveProperties, arraysHaveItems] };

/** Tools of Google's models, on Chat. */
export const geminiTools: SchemaDialect = { rules: [...openaiTools.rules, itemsOfOneType, enumsOnValuesOnly] };

/** Tools on Messages. */
export const claudeTools: SchemaDialect = { rules: [inputIsAnObject] };

/** Structured output on Messages. */
export const claudeOutput: SchemaDialect = { rules: [outputObjectsAreClosed, outputHasNoBounds] };

/** How a model on Chat or Responses wants its tools. Null: as they come. */
export function toolDialectOf(name: ModelName): SchemaDialect | null {
  if (isInFamily(name, "claude")) return null;
  return isInFamily(name, "gemini") ? geminiTools : openaiTools;
}
