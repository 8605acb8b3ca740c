import { isJsonObject, objectsOf } from "../../json-value.js";
import { found } from "../finding.js";
import { openaiToolSchemaRules } from "../openai/tool-schema-rules.js";
import type { RuleRow } from "../rule-row.js";
import { schemaNodes, typesOf } from "../schema-nodes.js";

const bareBadRequest = { status: 400, shape: "text", message: "Bad Request" } as const;

/** Tool definitions and the choice among them on `/chat/completions`. */
export const chatToolRules: readonly RuleRow[] = [
  ...openaiToolSchemaRules,
  {
    id: "tool-choice-without-tools",
    refuses: "`tool_choice` without tools",
    source: "OpenAI's API, litellm#25477",
    check: ({ body }) => (body.tool_choice != null && objectsOf(body.tools).length === 0 ? found : undefined),
    error: {
      status: 400,
      shape: "service",
      message: "Invalid value for 'tool_choice': 'tool_choice' is only allowed when 'tools' are specified.",
    },
  },
  {
    id: "parallel-tool-calls-without-tools",
    refuses: "`parallel_tool_calls` without tools",
    source: "OpenAI's API",
    check: ({ body }) => (body.parallel_tool_calls != null && objectsOf(body.tools).length === 0 ? found : undefined),
    error: {
      status: 400,
      shape: "service",
      message:
        "Invalid value for 'parallel_tool_calls': 'parallel_tool_calls' is only allowed when 'tools' are specified.",
    },
  },
  {
    id: "empty-tool-description",
    refuses: "a tool whose description is empty",
    source: "opencode PR#14647",
    check: ({ body }) =>
      objectsOf(body.tools).some((tool) => isJsonObject(tool.function) && tool.function.description === "")
        ? found
        : undefined,
    error: bareBadRequest,
  },
  {
    id: "gemini-union-in-items",
    refuses: "a tool with an array whose `items` have several types",
    source: "copilot-cli#4623, #4155",
    models: "gemini",
    check: ({ request }) => {
      const nodes = request.tools.flatMap(({ schema }) => [...schemaNodes(schema)]);
      const isUnion = nodes.some(({ schema: { items } }) => isJsonObject(items) && typesOf(items).length > 1);
      return isUnion ? found : undefined;
    },
    error: bareBadRequest,
  },
  {
    id: "gemini-enum-on-array",
    refuses: "a tool with an `enum` on an array",
    source: "copilot-cli#4835",
    models: "gemini",
    check: ({ request }) => {
      const nodes = request.tools.flatMap(({ schema }) => [...schemaNodes(schema)]);
      return nodes.some(({ schema }) => schema.enum !== undefined && typesOf(schema).includes("array"))
        ? found
        : undefined;
    },
    error: bareBadRequest,
  },
];
