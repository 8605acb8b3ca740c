import type { JsonObject } from "@copilot-llm/model";
import { withoutNulls } from "../body/fields.js";
import { encodeMediaUrl } from "../canonical/data-url.js";
import { fitCallId } from "../canonical/fit-call-id.js";
import { fitIdentifier } from "../canonical/fit-identifier.js";
import type {
  AssistantPart,
  ReasoningPart,
  ToolCallPart,
  ToolOutputPart,
  ToolResultPart,
  UserPart,
} from "../canonical/part.js";
import type {
  CanonicalMessage,
  CanonicalRequest,
  CanonicalTool,
  ResponseFormat,
  ToolChoice,
} from "../canonical/request.js";
import { sealReasoning } from "../canonical/seal-reasoning.js";
import { encodeErrorMark } from "../canonical/tool-output-text.js";
import type { EncodedRequest } from "../codec/wire-codec.js";

const wire = "openai-chat";

/** A canonical request as a Chat body. Namespaced tools must have been given flat names before. */
export function encodeRequest(request: CanonicalRequest): EncodedRequest {
  const warnings: string[] = [];
  const { sampling, reasoning } = request;
  if (sampling.topK !== null) warnings.push("`top_k` is unknown to Chat and was left out.");
  const tools = request.tools.flatMap((tool) => encodeTool(tool, warnings));
  const body = withoutNulls({
    model: request.model,
    messages: request.messages.flatMap((message) => encodeMessage(message, warnings)),
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

function encodeMessage(message: CanonicalMessage, warnings: string[]): JsonObject[] {
  switch (message.role) {
    case "system":
      return [withCache({ role: "system", content: encodeParts(message.content, warnings) }, message.content)];
    case "user": {
      const content = encodeParts(message.content, warnings);
      return content.length === 0 ? [] : [withCache({ role: "user", content }, message.content)];
    }
    case "assistant":
      return encodeAssistant(message.content, warnings);
    case "tool":
      return encodeToolResults(message.content, warnings);
  }
}

function withCache(message: JsonObject, parts: readonly object[]): JsonObject {
  const isCached = parts.some((part) => "cache" in part && part.cache !== null);
  return isCached ? { ...message, copilot_cache_control: { type: "ephemeral" } } : message;
}

function encodeParts(parts: readonly UserPart[], warnings: string[]): string | JsonObject[] {
  const only = parts[0];
  if (parts.length === 1 && only?.type === "text") return only.text;
  return parts.flatMap((part) => encodePart(part, warnings));
}

function encodePart(part: UserPart, warnings: string[]): JsonObject[] {
  switch (part.type) {
    case "text":
      return [{ type: "text", text: part.text }];
    case "image": {
      const url = encodeMediaUrl(part.source);
      if (url === null) return dropped(warnings, "An image that another service holds");
      return [{ type: "image_url", image_url: withoutNulls({ url, detail: part.detail }) }];
    }
    case "file": {
      if (part.source.kind === "url") return dropped(warnings, "A file given by its URL");
      const { filename, source } = part;
      const file = source.kind === "id" ? { file_id: source.id } : { file_data: encodeMediaUrl(source) };
      return [{ type: "file", file: withoutNulls({ ...file, filename }) }];
    }
    case "wire":
      return part.wire === wire ? [part.item] : dropped(warnings, "An item of another protocol");
  }
}

function dropped(warnings: string[], what: string): [] {
  warnings.push(`${what} cannot be carried to Chat and was left out.`);
  return [];
}

/** A turn of which nothing is left, such as foreign reasoning alone, is no message: upstreams refuse empty ones. */
function encodeAssistant(parts: readonly AssistantPart[], warnings: string[]): JsonObject[] {
  const texts = parts.filter((part) => part.type === "text");
  const calls = parts.filter((part) => part.type === "tool-call");
  const refusals = parts.filter((part) => part.type === "refusal");
  if (parts.some((part) => part.type === "wire")) dropped(warnings, "An item of another protocol");
  const reasoning = encodeReasoning(parts.filter((part) => part.type === "reasoning"));
  const isEmpty = texts.length + calls.length + refusals.length + Object.keys(reasoning).length === 0;
  if (isEmpty) return [];
  const content =
    texts.length === 1 ? texts[0]?.text : texts.length === 0 ? null : texts.map(({ text }) => ({ type: "text", text }));
  const message: JsonObject = {
    role: "assistant",
    content: content ?? (calls.length === 0 && refusals.length === 0 ? "" : null),
    ...reasoning,
    ...(refusals.length > 0 ? { refusal: refusals.map(({ text }) => text).join("\n") } : {}),
    ...(calls.length > 0 ? { tool_calls: calls.map(encodeToolCall) } : {}),
  };
  return [withCache(message, texts)];
}

/** Only reasoning that this wire sealed goes back: without its seal it would be read as the model's own new thought. */
function encodeReasoning(parts: readonly ReasoningPart[]): JsonObject {
  const opaque = parts.findLast((part) => part.opaque?.wire === wire)?.opaque ?? null;
  if (opaque === null) return {};
  const text = parts.map((part) => part.text).join("");
  return withoutNulls({ reasoning_text: text === "" ? null : text, reasoning_opaque: sealReasoning(opaque, wire) });
}

/** One call as it stands in `tool_calls`, of a request or an answer. */
export function encodeToolCall(call: ToolCallPart): JsonObject {
  const id = fitCallId(call.callId);
  if (call.kind === "custom") return { id, type: "custom", custom: { name: call.name, input: call.input } };
  return { id, type: "function", function: { name: call.name, arguments: call.input } };
}

/** Chat's tool messages hold text only; images follow in a user message behind the turn's last result. */
function encodeToolResults(results: readonly ToolResultPart[], warnings: string[]): JsonObject[] {
  const following: ToolOutputPart[] = [];
  const messages = results.map((result): JsonObject => {
    const media = result.output.filter((part) => part.type !== "text");
    const texts = result.output.filter((part) => part.type === "text");
    const mark = encodeErrorMark(result);
    if (media.length > 0) {
      const label = `The output of tool call ${fitCallId(result.callId)} holds:`;
      following.push({ type: "text", text: label, cache: null }, ...media);
    }
    const content =
      texts.length > 1 && mark === ""
        ? texts.map(({ text }) => ({ type: "text", text }))
        : mark + texts.map(({ text }) => text).join("\n");
    const message = { role: "tool", tool_call_id: fitCallId(result.callId), content };
    return withCache(message, [result, ...result.output]);
  });
  if (following.length > 0) messages.push({ role: "user", content: encodeParts(following, warnings) });
  return messages;
}

function encodeTool(tool: CanonicalTool, warnings: string[]): JsonObject[] {
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
function encodeToolChoice(request: CanonicalRequest): JsonObject | string | null {
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
