import { isJsonObject, type JsonObject, numberOf } from "../json-value.js";

const maximumDepth = 8;

/** A small value that fits a JSON schema. Free strings become `text`; optional properties are left out. */
export function sampleValue(schema: JsonObject, text: string): unknown {
  return sample(schema, text, schema, 0);
}

function sample(schema: unknown, text: string, root: JsonObject, depth: number): unknown {
  if (!isJsonObject(schema) || depth > maximumDepth) return text;
  if (typeof schema.$ref === "string") return sample(resolve(schema.$ref, root), text, root, depth + 1);
  if (schema.const !== undefined) return schema.const;
  if (Array.isArray(schema.enum)) return schema.enum[0];
  const variant = [schema.anyOf, schema.oneOf, schema.allOf].find((list) => Array.isArray(list) && list.length > 0);
  if (Array.isArray(variant)) return sample(variant[0], text, root, depth + 1);

  const types = Array.isArray(schema.type) ? schema.type : [schema.type];
  const type = types.find((name) => name !== "null") ?? (isJsonObject(schema.properties) ? "object" : types[0]);
  switch (type) {
    case "object":
      return sampleObject(schema, text, root, depth);
    case "array": {
      const count = Math.max(1, numberOf(schema.minItems) ?? 1);
      return Array.from({ length: count }, () => sample(schema.items, text, root, depth + 1));
    }
    case "integer":
    case "number":
      return numberOf(schema.minimum) ?? (numberOf(schema.exclusiveMinimum) ?? 0) + 1;
    case "boolean":
      return true;
    case "null":
      return null;
    default:
      return text.slice(0, numberOf(schema.maxLength));
  }
}

function sampleObject(schema: JsonObject, text: string, root: JsonObject, depth: number): JsonObject {
  const properties = isJsonObject(schema.properties) ? schema.properties : {};
  const names = Array.isArray(schema.required) ? schema.required.map(String) : Object.keys(properties);
  return Object.fromEntries(names.map((name) => [name, sample(properties[name], text, root, depth + 1)]));
}

function resolve(reference: string, root: JsonObject): unknown {
  const steps = reference
    .replace(/^#\/?/, "")
    .split("/")
    .filter((step) => step !== "");
  return steps.reduce<unknown>((node, step) => (isJsonObject(node) ? node[step] : undefined), root);
}
