import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { writeJson } from "../body/exact-json.js";
import {
  invalidField,
  optionalBoolean,
  optionalNumber,
  optionalObject,
  optionalObjects,
  optionalString,
  requiredString,
  warnDropped,
} from "../body/fields.js";
import { isArray, objectOrNull, stringOrNull } from "../body/json.js";
import { appendMessage } from "../canonical/append-message.js";
import type {
  CanonicalMessage,
  CanonicalTool,
  ReasoningRequest,
  ResponseFormat,
  ToolChoice,
} from "../canonical/request.js";
import type { DecodedRequest } from "../codec/wire-codec.js";
import { placeAutomaticMark } from "./automatic-mark.js";
import { findToolForm, isCustomTool, nameTool } from "./client-tools.js";
import { decodeCache, decodeMessage, decodeTexts } from "./decode-messages.js";
import { isStrictSchema } from "./is-strict-schema.js";
import { billingHeaderPrefix, requestFields } from "./wire.js";

const wire = "anthropic-messages";

/** A Messages request as a canonical one. Throws `invalid_request` for what no other wire can hold. */
export function decodeRequest(given: JsonObject): DecodedRequest {
  const body = placeAutomaticMark(given);
  const warnings: string[] = [];
  warnDropped(body, requestFields, warnings);
  const messages: CanonicalMessage[] = [];
  const system = decodeTexts(body.system, "system").filter(({ text }) => !text.startsWith(billingHeaderPrefix));
  appendMessage(messages, { role: "system", content: system });
  optionalObjects(body, "messages").forEach((message, index) => {
    for (const decoded of decodeMessage(message, `messages.${index}`, warnings)) appendMessage(messages, decoded);
  });
  const choice = optionalObject(body, "tool_choice");
  const disablesParallel =
    choice === null ? null : optionalBoolean(choice, "disable_parallel_tool_use", "tool_choice.");
  const request = {
    model: requiredString(body, "model"),
    messages,
    tools: optionalObjects(body, "tools").map(decodeTool),
    toolChoice: decodeToolChoice(choice),
    parallelToolCalls: disablesParallel === null ? null : !disablesParallel,
    maxOutputTokens: optionalNumber(body, "max_tokens"),
    stopSequences: decodeStopSequences(body),
    sampling: {
      temperature: optionalNumber(body, "temperature"),
      topP: optionalNumber(body, "top_p"),
      topK: optionalNumber(body, "top_k"),
      presencePenalty: null,
      frequencyPenalty: null,
      seed: null,
    },
    reasoning: decodeReasoningRequest(body),
    responseFormat: decodeResponseFormat(body),
    verbosity: null,
    metadata: null,
    user: stringOrNull(objectOrNull(body.metadata)?.user_id),
    promptCacheKey: null,
    stream: optionalBoolean(body, "stream") ?? false,
    includeUsage: true,
  };
  return { request, warnings };
}

function decodeTool(tool: JsonObject, index: number): CanonicalTool {
  const at = `tools.${index}.`;
  const form = findToolForm(tool);
  if (form === null && !isCustomTool(tool)) return { type: "server", wire, name: nameTool(tool), definition: tool };
  const described = form?.description ?? optionalString(tool, "description", at);
  return {
    type: "function",
    name: requiredString(tool, "name", at),
    namespace: null,
    description: withExamples(described, tool.input_examples),
    parameters: form?.parameters ?? decodeSchema(tool, at),
    strict: optionalBoolean(tool, "strict", at),
    cache: decodeCache(tool),
  };
}

function decodeSchema(tool: JsonObject, at: string): JsonObject {
  return (
    optionalObject(tool, "input_schema", at) ??
    optionalObject(tool, "parameters", at) ?? { type: "object", properties: {} }
  );
}

/** Other wires have no field for examples. */
function withExamples(description: string | null, examples: JsonValue | undefined): string | null {
  if (!isArray(examples) || examples.length === 0) return description;
  const lines = ["Examples of its input:", ...examples.map(writeJson)].join("\n");
  return description === null || description === "" ? lines : `${description}\n\n${lines}`;
}

function decodeToolChoice(choice: JsonObject | null): ToolChoice | null {
  switch (choice?.type) {
    case undefined:
      return null;
    case "auto":
    case "none":
      return { type: choice?.type };
    case "any":
      return { type: "required" };
    case "tool":
      return { type: "tool", name: requiredString(choice ?? {}, "name", "tool_choice."), namespace: null };
    default:
      throw invalidField("tool_choice.type", "`tool_choice.type` must be auto, any, tool or none.");
  }
}

function decodeStopSequences(body: JsonObject): string[] {
  const sequences = body.stop_sequences;
  if (sequences === undefined || sequences === null) return [];
  const isValid = isArray(sequences) && sequences.every((sequence) => typeof sequence === "string");
  if (!isValid) throw invalidField("stop_sequences", "`stop_sequences` must be an array of strings.");
  return sequences as string[];
}

function decodeReasoningRequest(body: JsonObject): ReasoningRequest | null {
  const thinking = optionalObject(body, "thinking");
  const output = optionalObject(body, "output_config");
  const effort = output === null ? null : optionalString(output, "effort", "output_config.");
  if (thinking === null && effort === null) return null;
  const { type } = thinking ?? {};
  const mode = type === "enabled" || type === "adaptive" || type === "disabled" ? type : null;
  const budgetTokens = thinking === null ? null : optionalNumber(thinking, "budget_tokens", "thinking.");
  return { mode, effort, budgetTokens, summary: null };
}

function decodeResponseFormat(body: JsonObject): ResponseFormat | null {
  const format = objectOrNull(objectOrNull(body.output_config)?.format) ?? objectOrNull(body.output_format);
  if (format?.type !== "json_schema") return null;
  const schema = optionalObject(format, "schema", "output_config.format.") ?? {};
  // Here a schema constrains what is written; elsewhere a strict one does, which not every schema may be.
  return { type: "json-schema", name: null, description: null, schema, strict: isStrictSchema(schema) ? true : null };
}
