import type { JsonObject } from "@copilot-llm/model";
import { withoutNulls } from "../body/fields.js";
import { emptyText } from "../canonical/empty-text.js";
import { fitIdentifier } from "../canonical/fit-identifier.js";
import type { CanonicalRequest, CanonicalTool, ResponseFormat, ToolChoice } from "../canonical/request.js";
import type { EncodedRequest } from "../codec/wire-codec.js";
import { dropped, encodeMessage, withCache } from "./encode-messages.js";

const wire = "openai-chat";

/** A canonical request as a Chat body. Namespaced tools must have been given flat names before. */
export function encodeRequest(request: CanonicalRequest): EncodedRequest {
  const warnings: string[] = [];
  const { sampling, reasoning } = request;
  if (sampling.topK !== null) warnings.push("`top_k` is unknown to Chat and was left out.");
  const tools = request.tools.flatMap((tool) => encodeTool(tool, warnings));
  const messages = request.messages.flatMap((message) => encodeMessage(message, warnings));
  const body = withoutNulls({
    model: request.model,
    messages: messages.length > 0 ? messages : [{ role: "user", content: emptyText }],
    tools: tools.length > 0 ? tools : null,
    tool_choice: tools.length > 0 ? encodeToolChoice(request) : null,
    parallel_tool_calls: tools.length > 0 ? request.parallelToolCalls : null,
    max_tokens: request.maxOutputTokens,
    stop: request.stopSequences.length > 0 ? request.stopSequences : null,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    presence_penalty: sampling.presencePenalty,
    frequency_penalty: sampling.frequencyPenalty,
    seed: sampling.seed,
    reasoning_effort: reasoning?.effort,
    thinking_budget: reasoning?.budgetTokens,
    response_format: request.responseFormat === null ? null : encodeResponseFormat(request.responseFormat),
    verbosity: request.verbosity,
    metadata: request.metadata,
    user: fitIdentifier(request.user),
    prompt_cache_key: fitIdentifier(request.promptCacheKey),
    stream: request.stream ? true : null,
    stream_options: request.stream && request.includeUsage ? { include_usage: true } : null,
  });
  return { body, warnings };
}

/** One item of `tools`; nothing for a tool that another service runs. */
export function encodeTool(tool: CanonicalTool, warnings: string[]): JsonObject[] {
  if (tool.type === "server") {
    return tool.wire === wire ? [tool.definition] : dropped(warnings, `The server tool \`${tool.name}\``);
  }
  const { name, description } = tool;
  if (tool.type === "custom") {
    return [{ type: "custom", custom: withoutNulls({ name, description, format: encodeToolFormat(tool.format) }) }];
  }
  const definition = withoutNulls({ name, description, parameters: tool.parameters, strict: tool.strict });
  return [withCache({ type: "function", function: definition }, [tool])];
}

function encodeToolFormat(format: JsonObject | null): JsonObject | null {
  if (format?.type !== "grammar") return format;
  const { type, ...grammar } = format;
  return { type, grammar };
}

/** A choice of a tool that was left out goes too (docs/copilot-service.md#tool-choice-without-tools). */
export function encodeToolChoice(request: Pick<CanonicalRequest, "toolChoice" | "tools">): JsonObject | string | null {
  const choice: ToolChoice | null = request.toolChoice;
  if (choice === null) return null;
  if (choice.type !== "tool") return choice.type;
  const tool = request.tools.find(({ name }) => name === choice.name);
  if (tool === undefined || tool.type === "server") return null;
  return { type: tool.type, [tool.type]: { name: choice.name } };
}

function encodeResponseFormat(format: ResponseFormat): JsonObject {
  if (format.type === "text") return { type: "text" };
  if (format.type === "json") return { type: "json_object" };
  const { description, schema, strict } = format;
  return {
    type: "json_schema",
    json_schema: withoutNulls({ name: format.name ?? "response", description, schema, strict }),
  };
}
