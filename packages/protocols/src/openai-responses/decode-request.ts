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
import { objectOrNull } from "../body/json.js";
import { keepAllowedTools } from "../canonical/keep-allowed-tools.js";
import type { ReasoningRequest, ResponseFormat } from "../canonical/request.js";
import type { DecodedRequest } from "../codec/wire-codec.js";
import { wantsCompaction } from "./compaction.js";
import { decodeInput } from "./decode-input.js";
import { decodeTool, decodeToolChoice } from "./decode-tools.js";
import { requestFields, storedStateFields } from "./wire.js";

/** A Responses request as a canonical one. Throws `invalid_request` for what no other wire can hold. */
export function decodeRequest(body: JsonObject): DecodedRequest {
  const warnings: string[] = [];
  refuseStoredState(body);
  warnDropped(body, requestFields, warnings);
  const { messages, tools } = decodeInput(body, warnings);
  const text = optionalObject(body, "text");
  const listed = optionalObjects(body, "tools").flatMap((tool, index) => decodeTool(tool, `tools.${index}.`, null));
  const choice = objectOrNull(body.tool_choice);
  const compacts = wantsCompaction(body);
  const offered = {
    tools: [...listed, ...tools],
    toolChoice: compacts ? ({ type: "none" } as const) : decodeToolChoice(body),
  };
  const request = {
    model: requiredString(body, "model"),
    messages,
    ...keepAllowedTools(offered, choice?.type === "allowed_tools" ? choice.tools : undefined),
    parallelToolCalls: optionalBoolean(body, "parallel_tool_calls"),
    maxOutputTokens: optionalNumber(body, "max_output_tokens"),
    stopSequences: [],
    sampling: {
      temperature: optionalNumber(body, "temperature"),
      topP: optionalNumber(body, "top_p"),
      topK: null,
      presencePenalty: null,
      frequencyPenalty: null,
      seed: null,
    },
    reasoning: decodeReasoningRequest(body),
    responseFormat: text === null || compacts ? null : decodeResponseFormat(text),
    verbosity: text === null ? null : optionalString(text, "verbosity", "text."),
    metadata: optionalStrings(body, "metadata"),
    user: optionalString(body, "safety_identifier") ?? optionalString(body, "user"),
    promptCacheKey: optionalString(body, "prompt_cache_key"),
    stream: optionalBoolean(body, "stream") ?? false,
    includeUsage: true,
  };
  return { request, warnings };
}

function refuseStoredState(body: JsonObject): void {
  for (const name of storedStateFields) {
    if (body[name] === undefined || body[name] === null) continue;
    throw invalidField(name, `\`${name}\` is not supported for this model; send the whole conversation in \`input\`.`);
  }
  if (body.background === true) throw invalidField("background", "`background` is not supported for this model.");
}

function decodeReasoningRequest(body: JsonObject): ReasoningRequest | null {
  const reasoning = optionalObject(body, "reasoning");
  if (reasoning === null) return null;
  const effort = optionalString(reasoning, "effort", "reasoning.");
  return { mode: null, effort, budgetTokens: null, summary: optionalString(reasoning, "summary", "reasoning.") };
}

function decodeResponseFormat(text: JsonObject): ResponseFormat | null {
  const format = objectOrNull(text.format);
  if (format === null) return null;
  if (format.type === "json_object") return { type: "json" };
  if (format.type !== "json_schema") return { type: "text" };
  return {
    type: "json-schema",
    name: optionalString(format, "name", "text.format."),
    description: optionalString(format, "description", "text.format."),
    schema: optionalObject(format, "schema", "text.format.") ?? {},
    strict: optionalBoolean(format, "strict", "text.format."),
  };
}
