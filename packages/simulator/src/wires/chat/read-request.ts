import { measureSegment } from "../../billing/measure-prompt.js";
import { isJsonObject, type JsonObject, numberOf, objectsOf, stringOf } from "../../json-value.js";
import { contentText } from "../content-text.js";
import { hasImage } from "../has-image.js";
import type { ModelRequest, OfferedTool, PromptTurn, ToolChoice } from "../model-request.js";

/** Reads a `/chat/completions` body. */
export function readChatRequest(body: JsonObject): ModelRequest {
  const messages = objectsOf(body.messages);
  const effort = stringOf(body.reasoning_effort);
  const tools = objectsOf(body.tools);
  return {
    wire: "chat",
    model: stringOf(body.model),
    stream: body.stream === true,
    segments: [...(tools.length > 0 ? [tools] : []), ...messages].map(measureSegment),
    turns: messages.flatMap(readTurn),
    tools: tools.map(readTool),
    toolChoice: readToolChoice(body.tool_choice),
    maxOutputTokens: numberOf(body.max_completion_tokens) ?? numberOf(body.max_tokens),
    stopSequences: typeof body.stop === "string" ? [body.stop] : Array.isArray(body.stop) ? body.stop.map(String) : [],
    reasoning: (effort !== "" && effort !== "none") || numberOf(body.thinking_budget) !== undefined,
    effort: effort === "" ? undefined : effort,
    structuredOutput: readResponseFormat(body.response_format),
    hasImage: messages.some(hasImage),
    includeUsage: isJsonObject(body.stream_options) && body.stream_options.include_usage === true,
  };
}

function readTurn(message: JsonObject): PromptTurn[] {
  const text = contentText(message.content);
  if (message.role === "user" || message.role === "assistant" || message.role === "tool") {
    return [{ role: message.role, text }];
  }
  return [];
}

function readTool(tool: JsonObject): OfferedTool {
  if (tool.type === "custom" && isJsonObject(tool.custom)) {
    return { name: stringOf(tool.custom.name), kind: "custom", schema: {} };
  }
  const declared = isJsonObject(tool.function) ? tool.function : {};
  const schema = isJsonObject(declared.parameters) ? declared.parameters : {};
  return { name: stringOf(declared.name), kind: "function", schema };
}

function readToolChoice(choice: unknown): ToolChoice {
  if (choice === "none" || choice === "required") return choice;
  if (!isJsonObject(choice)) return "auto";
  const named = isJsonObject(choice.function) ? choice.function : choice.custom;
  return isJsonObject(named) ? { name: stringOf(named.name) } : "auto";
}

function readResponseFormat(format: unknown): ModelRequest["structuredOutput"] {
  if (!isJsonObject(format)) return undefined;
  if (format.type === "json_object") return { schema: {} };
  if (format.type !== "json_schema" || !isJsonObject(format.json_schema)) return undefined;
  return { schema: isJsonObject(format.json_schema.schema) ? format.json_schema.schema : {} };
}
