import { isJsonObject } from "../../json-value.js";
import { found } from "../finding.js";
import type { RuleInput, RuleRow } from "../rule-row.js";
import { type SchemaNode, schemaNodes, typesOf } from "../schema-nodes.js";

const refusedBounds = [
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
];

/** Structured output of `/v1/messages`. */
export const messagesStructuredOutputRules: readonly RuleRow[] = [
  {
    id: "structured-output-on-vertex",
    refuses: "structured output, when the back-end is Vertex",
    source: "captures of the service",
    check: ({ request, quirks }) =>
      quirks.messagesBackend === "vertex" && request.structuredOutput !== undefined ? found : undefined,
    error: {
      status: 400,
      shape: "service",
      message: "structured output is not available on this backend",
      code: "FAILED_PRECONDITION",
    },
  },
  {
    id: "additional-properties",
    refuses: "structured output with an object that does not say `additionalProperties: false`",
    source: "litellm#35808, PR#35811",
    check: (input) => {
      for (const { schema } of outputNodes(input)) {
        const isObject = typesOf(schema).includes("object") || isJsonObject(schema.properties);
        if (isObject && schema.additionalProperties !== false) return found;
      }
      return undefined;
    },
    error: {
      status: 400,
      shape: "backend",
      message: "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false",
    },
  },
  {
    id: "schema-bounds",
    refuses: "structured output with bounds (`minimum`, `maxItems`, `minLength`, …)",
    source: "litellm PR#21045",
    check: (input) => {
      for (const { schema } of outputNodes(input)) {
        const property = refusedBounds.find((name) => schema[name] !== undefined);
        if (property !== undefined) return { property, type: String(typesOf(schema)[0] ?? "any") };
      }
      return undefined;
    },
    error: {
      status: 400,
      shape: "backend",
      message: "output_config.format.schema: For '{type}' type, property '{property}' is not supported",
    },
  },
];

function outputNodes({ request }: RuleInput): Iterable<SchemaNode> {
  return schemaNodes(request.structuredOutput?.schema);
}
