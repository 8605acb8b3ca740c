import type { JsonObject } from "@copilot-llm/model";
import { withoutNulls } from "../body/fields.js";
import { askForJson } from "../canonical/ask-for-json.js";
import type { TextPart } from "../canonical/part.js";
import type { CanonicalRequest, CanonicalTool } from "../canonical/request.js";
import type { EncodedRequest } from "../codec/wire-codec.js";
import { dropped, encodeTurns, withCache } from "./encode-messages.js";

const wire = "anthropic-messages";

/** The API wants a limit; used where neither the client nor the catalogue gave one. */
const defaultMaxTokens = 8192;

/**
 * A canonical request as a Messages body. Namespaced and custom tools must have been made plain functions before; what
 * may not stand together is left to the rules.
 */
export function encodeRequest(request: CanonicalRequest): EncodedRequest {
  const warnings: string[] = [];
  const { system, turns } = splitSystem(request);
  const tools = request.tools.flatMap((tool) => encodeTool(tool, warnings));
  const toolChoice = tools.length > 0 ? encodeToolChoice(request) : null;
  const outputConfig = encodeOutputConfig(request);
  warnUncarried(request, warnings);
  const body = withoutNulls({
    model: request.model,
    max_tokens: request.maxOutputTokens ?? defaultMaxTokens,
    system: system.length === 0 ? null : encodeSystem(system),
    messages: encodeTurns(turns, warnings),
    tools: tools.length > 0 ? tools : null,
    tool_choice: toolChoice,
    stop_sequences: request.stopSequences.length > 0 ? request.stopSequences : null,
    ...encodeSampling(request),
    thinking: encodeThinking(request),
    output_config: outputConfig,
    metadata: request.user === null ? null : { user_id: request.user },
    stream: request.stream ? true : null,
  });
  return { body, warnings };
}

/** The instructions at the beginning go to `system`; without any other message the last of them is the question. */
function splitSystem({ messages, responseFormat }: CanonicalRequest) {
  let count = 0;
  while (messages[count]?.role === "system") count += 1;
  if (count === messages.length && count > 0) count -= 1;
  const system = messages.slice(0, count).flatMap((message) => (message.role === "system" ? message.content : []));
  if (responseFormat?.type === "json") system.push({ type: "text", text: askForJson, cache: null });
  return { system: system.filter(({ text }) => text !== ""), turns: messages.slice(count) };
}

function encodeSystem(parts: readonly TextPart[]): string | JsonObject[] {
  const only = parts[0];
  if (parts.length === 1 && only !== undefined && only.cache === null) return only.text;
  return parts.map((part) => withCache({ type: "text", text: part.text }, part.cache));
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

function encodeThinking({ reasoning }: CanonicalRequest): JsonObject | null {
  if (reasoning === null || reasoning.mode === null) return null;
  const budget = reasoning.mode === "enabled" ? reasoning.budgetTokens : null;
  return withoutNulls({ type: reasoning.mode, budget_tokens: budget });
}

function encodeOutputConfig(request: CanonicalRequest): JsonObject | null {
  const { responseFormat } = request;
  const format = responseFormat?.type === "json-schema" ? { type: "json_schema", schema: responseFormat.schema } : null;
  const effort = request.reasoning?.effort ?? null;
  return format === null && effort === null ? null : withoutNulls({ effort, format });
}

/** Temperatures end at 1 here. */
function encodeSampling({ sampling: { temperature, topP, topK } }: CanonicalRequest): JsonObject {
  return { temperature: temperature === null ? null : Math.min(1, temperature), top_p: topP, top_k: topK };
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
