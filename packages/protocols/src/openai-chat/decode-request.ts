import type { JsonObject } from "@copilot-llm/model";
import {
  invalidField,
  optionalBoolean,
  optionalNumber,
  optionalObject,
  optionalObjects,
  optionalString,
  optionalStrings,
  requiredString,
  warnDropped,
} from "../body/fields.js";
import { isArray, objectOrNull } from "../body/json.js";
import { keepAllowedTools } from "../canonical/keep-allowed-tools.js";
import type { ResponseFormat } from "../canonical/request.js";
import type { DecodedRequest } from "../codec/wire-codec.js";
import { decodeMessages } from "./decode-messages.js";
import { allowedTools, decodeTool, decodeToolChoice } from "./decode-tools.js";
import { requestFields } from "./wire.js";

/** A Chat request as a canonical one. Throws `invalid_request` for what no other wire can hold. */
export function decodeRequest(body: JsonObject): DecodedRequest {
  const warnings: string[] = [];
  warnDropped(body, requestFields, warnings);
  if (isArray(body.functions) && body.functions.length > 0) {
    throw invalidField("functions", "`functions` is not supported for this model; use `tools`.");
  }
  const choices = optionalNumber(body, "n");
  if (choices !== null && choices !== 1) throw invalidField("n", "`n` other than 1 is not supported for this model.");
  const reasoning = {
    mode: null,
    effort: optionalString(body, "reasoning_effort"),
    budgetTokens: optionalNumber(body, "thinking_budget"),
    summary: null,
  };
  const offered = { tools: optionalObjects(body, "tools").map(decodeTool), toolChoice: decodeToolChoice(body) };
  const request = {
    model: requiredString(body, "model"),
    messages: decodeMessages(optionalObjects(body, "messages"), warnings),
    ...keepAllowedTools(offered, allowedTools(body)?.tools),
    parallelToolCalls: optionalBoolean(body, "parallel_tool_calls"),
    maxOutputTokens: optionalNumber(body, "max_completion_tokens") ?? optionalNumber(body, "max_tokens"),
    stopSequences: decodeStop(body),
    sampling: {
      temperature: optionalNumber(body, "temperature"),
      topP: optionalNumber(body, "top_p"),
      topK: null,
      presencePenalty: optionalNumber(body, "presence_penalty"),
      frequencyPenalty: optionalNumber(body, "frequency_penalty"),
      seed: optionalNumber(body, "seed"),
    },
    reasoning: reasoning.effort === null && reasoning.budgetTokens === null ? null : reasoning,
    responseFormat: decodeResponseFormat(body),
    verbosity: optionalString(body, "verbosity"),
    metadata: optionalStrings(body, "metadata"),
    user: optionalString(body, "safety_identifier") ?? optionalString(body, "user"),
    promptCacheKey: optionalString(body, "prompt_cache_key"),
    stream: optionalBoolean(body, "stream") ?? false,
    includeUsage: asksForUsage(body),
  };
  return { request, warnings };
}

/** The client wants the chunk that tells a stream's usage. */
export function asksForUsage({ stream_options: options }: JsonObject): boolean {
  return objectOrNull(options)?.include_usage === true;
}

function decodeStop(body: JsonObject): string[] {
  const { stop } = body;
  if (stop === undefined || stop === null) return [];
  const sequences = isArray(stop) ? stop : [stop];
  return sequences.map((sequence) => {
    if (typeof sequence !== "string") throw invalidField("stop", "`stop` must be a string or an array of strings.");
    return sequence;
  });
}

function decodeResponseFormat(body: JsonObject): ResponseFormat | null {
  const format = optionalObject(body, "response_format");
  if (format === null) return null;
  if (format.type === "json_object") return { type: "json" };
  if (format.type !== "json_schema") return { type: "text" };
  const definition = optionalObject(format, "json_schema", "response_format.") ?? {};
  return {
    type: "json-schema",
    name: optionalString(definition, "name", "response_format.json_schema."),
    description: optionalString(definition, "description", "response_format.json_schema."),
    schema: optionalObject(definition, "schema", "response_format.json_schema.") ?? {},
    strict: optionalBoolean(definition, "strict", "response_format.json_schema."),
  };
}
