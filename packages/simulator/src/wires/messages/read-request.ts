import { measureSegment } from "../../billing/measure-prompt.js";
import { isJsonObject, type JsonObject, numberOf, objectsOf, stringOf } from "../../json-value.js";
import { contentText } from "../content-text.js";
import { hasImage } from "../has-image.js";
import type { ModelRequest, OfferedTool, PromptTurn, ToolChoice } from "../model-request.js";

/** Reads a `/v1/messages` body. */
export function readMessagesRequest(body: JsonObject): ModelRequest {
  const messages = objectsOf(body.messages);
  const tools = objectsOf(body.tools);
  const thinking = isJsonObject(body.thinking) ? stringOf(body.thinking.type) : "";
  const outputConfig = isJsonObject(body.output_config) ? body.output_config : {};
  const system = Array.isArray(body.system) ? body.system : body.system === undefined ? [] : [body.system];
  return {
    wire: "messages",
    model: stringOf(body.model),
    stream: body.stream === true,
    segments: [...tools, ...system, ...messages].map(measureSegment),
    turns: combineUserTurns(messages.flatMap(readTurns)),
    tools: tools.flatMap(readTool),
    toolChoice: readToolChoice(body.tool_choice),
    maxOutputTokens: numberOf(body.max_tokens),
    stopSequences: Array.isArray(body.stop_sequences) ? body.stop_sequences.map(String) : [],
    reasoning: thinking === "enabled" || thinking === "adaptive",
    effort: typeof outputConfig.effort === "string" ? outputConfig.effort : undefined,
    structuredOutput: readOutputFormat(outputConfig.format ?? body.output_format),
    hasImage: messages.some(hasImage),
    includeUsage: true,
  };
}

/** A user message that holds tool results is a tool turn; text beside the results is only a note. */
function readTurns(message: JsonObject): PromptTurn[] {
  const results = objectsOf(message.content).filter((block) => block.type === "tool_result");
  if (message.role === "user" && results.length > 0) {
    return results.map((result) => ({ role: "tool", text: contentText(result.content) }));
  }
  if (message.role !== "user" && message.role !== "assistant") return [];
  return [{ role: message.role, text: contentText(message.content) }];
}

/** User messages that follow each other are one turn to the service. */
function combineUserTurns(turns: readonly PromptTurn[]): PromptTurn[] {
  const combined: PromptTurn[] = [];
  for (const turn of turns) {
    const last = combined.at(-1);
    if (turn.role === "user" && last?.role === "user") {
      combined[combined.length - 1] = { role: "user", text: `${last.text}\n${turn.text}` };
    } else combined.push(turn);
  }
  return combined;
}

function readTool(tool: JsonObject): OfferedTool[] {
  if (!isJsonObject(tool.input_schema)) return [];
  return [{ name: stringOf(tool.name), kind: "function", schema: tool.input_schema }];
}

function readToolChoice(choice: unknown): ToolChoice {
  const type = isJsonObject(choice) ? choice.type : undefined;
  if (type === "none") return "none";
  if (type === "any") return "required";
  return type === "tool" && isJsonObject(choice) ? { name: stringOf(choice.name) } : "auto";
}

function readOutputFormat(format: unknown): ModelRequest["structuredOutput"] {
  if (!isJsonObject(format) || format.type !== "json_schema") return undefined;
  return { schema: isJsonObject(format.schema) ? format.schema : {} };
}
