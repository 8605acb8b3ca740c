import type { JsonObject } from "@copilot-llm/model";
import { withoutNulls } from "../body/fields.js";
import { parseObjectOrNull } from "../body/json.js";
import { fitCallId } from "../canonical/fit-call-id.js";
import type { AssistantPart, CacheHint, MediaSource, TextPart, ToolResultPart, UserPart } from "../canonical/part.js";
import type { CanonicalMessage, CanonicalRequest, CanonicalTool } from "../canonical/request.js";
import { sealReasoning } from "../canonical/seal-reasoning.js";
import type { EncodedRequest } from "../codec/wire-codec.js";
import { emptyText } from "./wire.js";

const wire = "anthropic-messages";
/** The API wants a limit; used where neither the client nor the catalogue gave one. */
const defaultMaxTokens = 8192;

/** A canonical request as a Messages body. Namespaced and custom tools must have been made plain functions before. */
export function encodeRequest(request: CanonicalRequest): EncodedRequest {
  const warnings: string[] = [];
  const { system, turns } = splitSystem(request.messages);
  const tools = request.tools.flatMap((tool) => encodeTool(tool, warnings));
  const toolChoice = tools.length > 0 ? encodeToolChoice(request) : null;
  const thinking = encodeThinking(request, toolChoice, warnings);
  const thinks = thinking !== null && thinking.type !== "disabled";
  const outputConfig = encodeOutputConfig(request, warnings);
  warnUncarried(request, warnings);
  const body = withoutNulls({
    model: request.model,
    max_tokens: request.maxOutputTokens ?? defaultMaxTokens,
    system: system.length === 0 ? null : encodeSystem(system),
    messages: encodeTurns(turns, warnings),
    tools: tools.length > 0 ? tools : null,
    tool_choice: toolChoice,
    stop_sequences: request.stopSequences.length > 0 ? request.stopSequences : null,
    ...encodeSampling(request, thinks, warnings),
    thinking,
    output_config: outputConfig,
    metadata: request.user === null ? null : { user_id: request.user },
    stream: request.stream ? true : null,
  });
  return { body, warnings };
}

/** The instructions at the beginning go to `system`; without any other message the last of them is the question. */
function splitSystem(messages: readonly CanonicalMessage[]) {
  let count = 0;
  while (messages[count]?.role === "system") count += 1;
  if (count === messages.length && count > 0) count -= 1;
  const system = messages.slice(0, count).flatMap((message) => (message.role === "system" ? message.content : []));
  return { system: system.filter(({ text }) => text !== ""), turns: messages.slice(count) };
}

function encodeSystem(parts: readonly TextPart[]): string | JsonObject[] {
  const only = parts[0];
  if (parts.length === 1 && only !== undefined && only.cache === null) return only.text;
  return parts.map((part) => withCache({ type: "text", text: part.text }, part.cache));
}

function withCache(block: JsonObject, cache: CacheHint | null): JsonObject {
  if (cache === null) return block;
  return { ...block, cache_control: withoutNulls({ type: "ephemeral", ttl: cache.ttl }) };
}

/** Tool results and what the user says behind them are one user turn. Later instructions become the user's turn too. */
function encodeTurns(messages: readonly CanonicalMessage[], warnings: string[]): JsonObject[] {
  const turns: { readonly role: string; content: JsonObject[] }[] = [];
  let previous: CanonicalMessage["role"] | null = null;
  for (const message of messages) {
    const content = encodeContent(message, warnings);
    const role = message.role === "assistant" ? "assistant" : "user";
    const last = turns.at(-1);
    if (previous === "tool" && message.role === "user" && last !== undefined) last.content.push(...content);
    else if (content.length > 0) turns.push({ role, content });
    previous = message.role;
  }
  return turns.map(({ role, content }) => ({ role, content: simplify(content) }));
}

function simplify(content: JsonObject[]): string | JsonObject[] {
  const only = content[0];
  const isPlain = content.length === 1 && only?.type === "text" && only.cache_control === undefined;
  return isPlain && typeof only.text === "string" ? only.text : content;
}

function encodeContent(message: CanonicalMessage, warnings: string[]): JsonObject[] {
  switch (message.role) {
    case "system":
      return message.content.flatMap(({ text, cache }) =>
        text === "" ? [] : [withCache({ type: "text", text: `<system>\n${text}\n</system>` }, cache)],
      );
    case "user": {
      const blocks = encodeParts(message.content, warnings);
      return blocks.length > 0 ? blocks : [{ type: "text", text: emptyText }];
    }
    case "assistant":
      return message.content.flatMap((part) => encodeAssistantPart(part, warnings));
    case "tool":
      return message.content.map((result) => encodeToolResult(result, warnings));
  }
}

function encodeParts(parts: readonly UserPart[], warnings: string[]): JsonObject[] {
  return parts.flatMap((part) => encodePart(part, warnings));
}

function encodePart(part: UserPart, warnings: string[]): JsonObject[] {
  switch (part.type) {
    case "text":
      return part.text === "" ? [] : [withCache({ type: "text", text: part.text }, part.cache)];
    case "image":
      return [withCache({ type: "image", source: encodeSource(part.source) }, part.cache)];
    case "file": {
      const block = withoutNulls({ type: "document", source: encodeSource(part.source), title: part.filename });
      return [withCache(block, part.cache)];
    }
    case "wire":
      return part.wire === wire ? [part.item] : dropped(warnings, "An item of another protocol");
  }
}

function encodeSource(source: MediaSource): JsonObject {
  if (source.kind === "url") return { type: "url", url: source.url };
  if (source.kind === "id") return { type: "file", file_id: source.id };
  // A common name that OpenAI takes and Anthropic does not.
  const mediaType = source.mediaType === "image/jpg" ? "image/jpeg" : source.mediaType;
  return { type: "base64", media_type: mediaType, data: source.data };
}

function dropped(warnings: string[], what: string): [] {
  warnings.push(`${what} cannot be carried to Messages and was left out.`);
  return [];
}

function encodeAssistantPart(part: AssistantPart, warnings: string[]): JsonObject[] {
  switch (part.type) {
    case "text":
    case "refusal":
      if (part.text === "") return [];
      return [withCache({ type: "text", text: part.text }, part.type === "text" ? part.cache : null)];
    case "reasoning":
      return encodeReasoning(part);
    case "tool-call": {
      const input = parseObjectOrNull(part.input);
      if (input === null) warnings.push(`The input of tool call ${part.callId} is no JSON object and was wrapped.`);
      const block = {
        type: "tool_use",
        id: fitCallId(part.callId),
        name: part.name,
        input: input ?? { input: part.input },
      };
      return [withCache(block, part.cache)];
    }
    case "wire":
      return part.wire === wire ? [part.item] : dropped(warnings, "An item of another protocol");
  }
}

/** Only blocks that this wire signed go back: others are refused (docs/copilot-service.md#sealed-reasoning). */
function encodeReasoning(part: Extract<AssistantPart, { type: "reasoning" }>): JsonObject[] {
  const { opaque } = part;
  if (opaque === null || opaque.wire !== wire) return [];
  const data = sealReasoning(opaque, wire);
  return opaque.redacted
    ? [{ type: "redacted_thinking", data }]
    : [{ type: "thinking", thinking: part.text, signature: data }];
}

function encodeToolResult(result: ToolResultPart, warnings: string[]): JsonObject {
  const blocks = encodeParts(result.output, warnings);
  const block = withoutNulls({
    type: "tool_result",
    tool_use_id: fitCallId(result.callId),
    content: blocks.length === 0 ? null : simplify(blocks),
    is_error: result.isError ? true : null,
  });
  return withCache(block, result.cache);
}

function encodeTool(tool: CanonicalTool, warnings: string[]): JsonObject[] {
  if (tool.type === "server") {
    return tool.wire === wire ? [tool.definition] : dropped(warnings, `The server tool \`${tool.name}\``);
  }
  if (tool.type === "custom") return dropped(warnings, `The custom tool \`${tool.name}\``);
  const { name, description, parameters } = tool;
  return [withCache(withoutNulls({ name, description, input_schema: { type: "object", ...parameters } }), tool.cache)];
}

function encodeToolChoice(request: CanonicalRequest): JsonObject | null {
  const choice = request.toolChoice;
  const serial = request.parallelToolCalls === false ? { disable_parallel_tool_use: true } : {};
  const parallel = request.parallelToolCalls === true ? { disable_parallel_tool_use: false } : serial;
  switch (choice?.type) {
    case undefined:
      return request.parallelToolCalls === null ? null : { type: "auto", ...parallel };
    case "none":
      return { type: "none" };
    case "auto":
      return { type: "auto", ...parallel };
    case "required":
      return { type: "any", ...parallel };
    case "tool": {
      const name = choice?.type === "tool" ? choice.name : "";
      const exists = request.tools.some((tool) => tool.name === name && (tool.type !== "server" || tool.wire === wire));
      return exists ? { type: "tool", name, ...parallel } : null;
    }
  }
}

function encodeThinking(
  request: CanonicalRequest,
  toolChoice: JsonObject | null,
  warnings: string[],
): JsonObject | null {
  const { reasoning } = request;
  if (reasoning === null || reasoning.mode === null) return null;
  if (reasoning.mode === "disabled") return { type: "disabled" };
  if (toolChoice?.type === "any" || toolChoice?.type === "tool") {
    warnings.push("Thinking was left out: Messages refuses it together with a forced tool.");
    return null;
  }
  return withoutNulls({
    type: reasoning.mode,
    budget_tokens: reasoning.mode === "enabled" ? reasoning.budgetTokens : null,
  });
}

function encodeOutputConfig(request: CanonicalRequest, warnings: string[]): JsonObject | null {
  const { responseFormat } = request;
  if (responseFormat?.type === "json") {
    warnings.push("Messages has no JSON mode without a schema; `json_object` was left out.");
  }
  const format = responseFormat?.type === "json-schema" ? { type: "json_schema", schema: responseFormat.schema } : null;
  const effort = request.reasoning?.effort ?? null;
  return format === null && effort === null ? null : withoutNulls({ effort, format });
}

/** Temperatures end at 1 here; while thinking, temperature and `top_k` are not taken. */
function encodeSampling(request: CanonicalRequest, thinks: boolean, warnings: string[]): JsonObject {
  const { temperature, topP, topK } = request.sampling;
  if (thinks && (temperature !== null || topK !== null)) {
    warnings.push("`temperature` and `top_k` were left out: Messages refuses them while the model thinks.");
  }
  return {
    temperature: thinks || temperature === null ? null : Math.min(1, temperature),
    top_p: topP,
    top_k: thinks ? null : topK,
  };
}

function warnUncarried(request: CanonicalRequest, warnings: string[]): void {
  const { presencePenalty, frequencyPenalty, seed } = request.sampling;
  const uncarried = {
    presence_penalty: presencePenalty,
    frequency_penalty: frequencyPenalty,
    seed,
    verbosity: request.verbosity,
    metadata: request.metadata,
    prompt_cache_key: request.promptCacheKey,
  };
  for (const [name, value] of Object.entries(uncarried)) {
    if (value !== null) warnings.push(`\`${name}\` is unknown to Messages and was left out.`);
  }
}
