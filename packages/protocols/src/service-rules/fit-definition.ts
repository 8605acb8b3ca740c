import type { JsonObject } from "@copilot-llm/model";
import { isObject } from "../body/json.js";
import { withMember, withoutMembers } from "../body/rewrite.js";
import { fitSchema, type SchemaDialect } from "./fit-schema.js";
import type { ServiceRule } from "./service-rule.js";

export const descriptionsAreNotEmpty: ServiceRule = {
  name: "descriptions-are-not-empty",
  source: "caozhiyuan/copilot-api#356, opencode PR#14647",
};

/** A tool's definition without an empty description, and its schema in the dialect; the same object when both are fine. */
export function fitDefinition(
  definition: JsonObject,
  schemaField: "parameters" | "input_schema",
  dialect: SchemaDialect | null,
  applied: Set<string>,
): JsonObject {
  const { description } = definition;
  const isBlank = typeof description === "string" && !/\S/.test(description);
  if (isBlank) applied.add(descriptionsAreNotEmpty.name);
  const described = isBlank ? withoutMembers(definition, ["description"]) : definition;
  const schema = described[schemaField];
  if (dialect === null || !isObject(schema)) return described;
  return withMember(described, schemaField, fitSchema(schema, dialect, applied));
}
