import { measureSegment } from "../../billing/measure-prompt.js";
import { isJsonObject, type JsonObject, numberOf, objectsOf, stringOf } from "../../json-value.js";
import { contentText } from "../content-text.js";
import { hasImage } from "../has-image.js";
import type { ModelRequest, OfferedTool, PromptTurn, ToolChoice } from "../model-request.js";

const assistantItems = new Set(["function_call", "custom_tool_call", "reasoning"]);
const outputItems = new Set(["function_call_output", "custom_tool_call_output"]);

/** The input as items; a string is one user message. */
export function inputItems(body: JsonObject): JsonObject[] {
  if (typeof body.input === "string") return [{ type: "message", role: "user", content: body.input }];
  return objectsOf(body.input);
}

/** Reads a `/responses` body. */
export function readResponsesRequest(body: JsonObject): ModelRequest {
  const items = inputItems(body);
  const tools = [...objectsOf(body.tools), ...items.flatMap((item) => objectsOf(item.tools))];
  const reasoning = isJsonObject(body.reasoning) ? body.reasoning : {};
  const effort = stringOf(reasoning.effort);
  const head = [...(tools.length > 0 ? [tools] : []), ...(body.instructions ? [body.instructions] : [])];
  return {
    wire: "responses",
    model: stringOf(body.model),
    stream: body.stream === true,
    segments: [...head, ...items.filter((item) => item.type !== "additional_tools")].map(measureSegment),
    turns: items.flatMap(readTurn),
    tools: tools.flatMap((tool) => readTool(tool)),
    toolChoice: readToolChoice(body.tool_choice),
    maxOutputTokens: numberOf(body.max_output_tokens),
    stopSequences: [],
    reasoning: effort !== "none" && (effort !== "" || reasoning.summary !== undefined),
    effort: effort === "" ? undefined : effort,
    structuredOutput: readTextFormat(body.text),
    hasImage: items.some(hasImage),
    includeUsage: true,
  };
}

function readTurn(item: JsonObject): PromptTurn[] {
  const type = stringOf(item.type) || "message";
  if (assistantItems.has(type)) return [{ role: "assistant", text: "" }];
  if (outputItems.has(type)) return [{ role: "tool", text: contentText(item.output) }];
  if (type === "message" && (item.role === "user" || item.role === "assistant")) {
    return [{ role: item.role, text: contentText(item.content) }];
  }
  return [];
}

function readTool(tool: JsonObject, namespace?: string): OfferedTool[] {
  const within = namespace === undefined || namespace === "functions" ? {} : { namespace };
  const name = stringOf(tool.name);
  if (tool.type === "namespace") return objectsOf(tool.tools).flatMap((inner) => readTool(inner, name));
  if (tool.type === "custom") return [{ name, kind: "custom", schema: {}, ...within }];
  if (tool.type !== "function") return [];
  return [{ name, kind: "function", schema: isJsonObject(tool.parameters) ? tool.parameters : {}, ...within }];
}

function readToolChoice(choice: unknown): ToolChoice {
  if (choice === "none" || choice === "required") return choice;
  return isJsonObject(choice) && typeof choice.name === "string" ? { name: choice.name } : "auto";
}

function readTextFormat(text: unknown): ModelRequest["structuredOutput"] {
  const format = isJsonObject(text) && isJsonObject(text.format) ? text.format : undefined;
  if (format?.type === "json_object") return { schema: {} };
  if (format?.type !== "json_schema") return undefined;
  return { schema: isJsonObject(format.schema) ? format.schema : {} };
}
