import { isJsonObject, type JsonObject, objectsOf, stringOf } from "../../json-value.js";
import { type Finding, found } from "../finding.js";
import type { RuleRow } from "../rule-row.js";

const acceptedServerTools = /^(custom|bash_|text_editor_|memory_|computer_|tool_search_)/;
const namePattern = /^[a-zA-Z0-9_-]{1,128}$/;

/** Tool definitions and the choice among them on `/v1/messages`. */
export const messagesToolRules: readonly RuleRow[] = [
  {
    id: "web-search-unsupported",
    refuses: "the web search tool",
    source: "captures of the service",
    check: ({ body }) =>
      objectsOf(body.tools).some((tool) => stringOf(tool.type).startsWith("web_search")) ? found : undefined,
    error: {
      status: 400,
      shape: "service",
      message: "The use of the web search tool is not supported.",
      code: "unsupported_value",
    },
  },
  {
    id: "rejected-tools",
    refuses: "server tools other than bash, text_editor, memory, computer, tool_search",
    source: "captures of the service",
    check: ({ body }) => {
      const types = objectsOf(body.tools).map((tool) => stringOf(tool.type));
      const rejected = types.filter((type) => type !== "" && !acceptedServerTools.test(type));
      return rejected.length === 0
        ? undefined
        : { tools: rejected.map((type) => type.replace(/_\d{8}$/, "")).join(", ") };
    },
    error: { status: 400, shape: "service", message: "rejected tool(s): {tools}" },
  },
  {
    id: "unsupported-tool-field",
    refuses: "`eager_input_streaming` of a tool",
    source: "captures of the service",
    check: ({ body }) => {
      const index = objectsOf(body.tools).findIndex((tool) => tool.eager_input_streaming !== undefined);
      return index < 0 ? undefined : { path: `tools.${index}.custom.eager_input_streaming` };
    },
    error: { status: 400, shape: "backend", message: "{path}: Extra inputs are not permitted" },
  },
  {
    id: "tool-name",
    refuses: "a tool name that does not match `^[a-zA-Z0-9_-]{1,128}$`",
    source: "Anthropic's API",
    check: ({ body }) => findTool(body, (tool) => (namePattern.test(stringOf(tool.name)) ? undefined : found)),
    error: {
      status: 400,
      shape: "backend",
      message: "tools.{index}.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'",
    },
  },
  {
    id: "duplicate-tool-name",
    refuses: "two tools of one name",
    source: "Anthropic's API",
    check: ({ body }) => {
      const names = objectsOf(body.tools).map((tool) => stringOf(tool.name));
      return new Set(names).size < names.length ? found : undefined;
    },
    error: { status: 400, shape: "backend", message: "tools: Tool names must be unique." },
  },
  {
    id: "input-schema-type",
    refuses: "a tool whose `input_schema.type` is not `object`",
    source: "Anthropic's API",
    check: ({ body }) =>
      findTool(body, (tool) => {
        if (!isCustom(tool)) return undefined;
        if (!isJsonObject(tool.input_schema)) return { field: "input_schema", problem: "Field required" };
        const { type } = tool.input_schema;
        if (type === "object") return undefined;
        const problem = type === undefined ? "Field required" : "Input should be 'object'";
        return { field: "input_schema.type", problem };
      }),
    error: { status: 400, shape: "backend", message: "tools.{index}.custom.{field}: {problem}" },
  },
  {
    id: "tool-choice-without-tools",
    refuses: "`tool_choice` without tools",
    source: "litellm#25477",
    check: ({ body }) => (body.tool_choice != null && objectsOf(body.tools).length === 0 ? found : undefined),
    error: { status: 400, shape: "backend", message: "tool_choice may only be specified while providing tools." },
  },
  {
    id: "tool-choice-unknown",
    refuses: "a `tool_choice` that names no tool of the request",
    source: "Anthropic's API",
    check: ({ body, request }) => {
      if (typeof request.toolChoice === "string") return undefined;
      const { name } = request.toolChoice;
      return objectsOf(body.tools).some((tool) => tool.name === name) ? undefined : { name };
    },
    error: { status: 400, shape: "backend", message: "Tool '{name}' not found in provided tools" },
  },
];

/** Tools that the client defines; the others are known to the service by their type. */
function isCustom(tool: JsonObject): boolean {
  return tool.type === undefined || tool.type === "custom";
}

/** The first tool with a finding, and its index. */
function findTool(body: JsonObject, check: (tool: JsonObject) => Finding | undefined): Finding | undefined {
  for (const [index, tool] of objectsOf(body.tools).entries()) {
    const finding = check(tool);
    if (finding !== undefined) return { index, ...finding };
  }
  return undefined;
}
