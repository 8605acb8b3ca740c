import { isJsonObject } from "../../json-value.js";
import type { RuleInput, RuleRow } from "../rule-row.js";
import { schemaNodes, typesOf } from "../schema-nodes.js";

/** Schemas of the tools that are offered to OpenAI's models, the same on Chat and Responses. */
export const openaiToolSchemaRules: readonly RuleRow[] = [
  {
    id: "parameters-without-properties",
    refuses: "a tool whose `parameters` are an object without `properties`",
    source: "copilot-cli#1825, ericc-ch/copilot-api PR#192",
    models: "openai",
    check: ({ request }) => {
      const tool = request.tools.find(({ schema }) => schema.type === "object" && !isJsonObject(schema.properties));
      return tool === undefined ? undefined : { tool: tool.name };
    },
    error: {
      status: 400,
      shape: "service",
      message: "Invalid schema for function '{tool}': In context=(), object schema missing properties.",
      code: "invalid_function_parameters",
    },
  },
  {
    id: "array-without-items",
    refuses: "a tool with an array schema without `items`",
    source: "docker/mcp-gateway#275",
    models: "openai",
    check: findArrayWithoutItems,
    error: {
      status: 400,
      shape: "service",
      message: "Invalid schema for function '{tool}': In context=({place}), array schema missing items.",
    },
  },
];

function findArrayWithoutItems({ request }: RuleInput) {
  for (const { name, schema } of request.tools) {
    for (const node of schemaNodes(schema)) {
      const position = typesOf(node.schema).indexOf("array");
      if (position < 0 || node.schema.items !== undefined) continue;
      const place = Array.isArray(node.schema.type) ? [...node.path, "type", String(position)] : node.path;
      return { tool: name, place: place.map((key) => `'${key}'`).join(", ") };
    }
  }
  return undefined;
}
