import { isJsonObject, objectsOf, stringOf } from "../../json-value.js";
import { found } from "../finding.js";
import { openaiToolSchemaRules } from "../openai/tool-schema-rules.js";
import type { RuleRow } from "../rule-row.js";
import { locateTools } from "./input-items.js";

const unsupportedTools = new Set([
  "image_generation",
  "mcp",
  "code_interpreter",
  "file_search",
  "computer_use_preview",
]);

/** Tool definitions and the choice among them on `/responses`. */
export const responsesToolRules: readonly RuleRow[] = [
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
    id: "hosted-tool-unsupported",
    refuses: "image generation, remote MCP, code interpreter, file search",
    source: "captures of the service",
    check: ({ body }) => {
      const hosted = objectsOf(body.tools).find((tool) => unsupportedTools.has(stringOf(tool.type)));
      return hosted === undefined ? undefined : { tool: stringOf(hosted.type) };
    },
    error: { status: 400, shape: "service", message: "rejected tool(s): {tool}" },
  },
  {
    id: "empty-tool-description",
    refuses: "a tool or a namespace whose description is empty",
    source: "caozhiyuan/copilot-api#356, #345",
    check: ({ body }) => {
      const empty = locateTools(body).find(({ tool }) => tool.description === "");
      return empty === undefined ? undefined : { at: empty.at };
    },
    error: {
      status: 400,
      shape: "service",
      message:
        "Invalid '{at}.description': empty string. Expected a string with minimum length 1, but got an empty string instead.",
    },
  },
  ...openaiToolSchemaRules,
  {
    id: "tool-choice-unknown",
    refuses: "a `tool_choice` that names no tool of the request",
    source: "OpenAI's API",
    check: ({ body, request }) => {
      const name = isJsonObject(body.tool_choice) ? stringOf(body.tool_choice.name) : "";
      return name === "" || request.tools.some((tool) => tool.name === name) ? undefined : { name };
    },
    error: { status: 400, shape: "service", message: "Tool choice '{name}' not found in 'tools' parameter." },
  },
];
