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
import { isObject, objectOrNull, stringOrNull } from "../body/json.js";
import { parseContent } from "../body/require-field.js";
import { appendMessage } from "../canonical/append-message.js";
import { decodeMediaUrl } from "../canonical/data-url.js";
import { fitInput } from "../canonical/fit-input.js";
import { keepAllowedTools } from "../canonical/keep-allowed-tools.js";
import type {
  AssistantPart,
  FilePart,
  ImagePart,
  TextPart,
  ToolKind,
  ToolOutputPart,
  UserPart,
} from "../canonical/part.js";
import type {
  CanonicalMessage,
  CanonicalTool,
  ReasoningRequest,
  ResponseFormat,
  ToolChoice,
} from "../canonical/request.js";
import { unsealReasoning } from "../canonical/seal-reasoning.js";
import type { DecodedRequest } from "../codec/wire-codec.js";
import { requestFields, storedStateFields } from "./wire.js";

const wire = "openai-responses";
const hostedChoices = new Set(["allowed_tools", "function", "custom"]);

/** A Responses request as a canonical one. Throws `invalid_request` for what no other wire can hold. */
export function decodeRequest(body: JsonObject): DecodedRequest {
  const warnings: string[] = [];
  refuseStoredState(body);
  warnDropped(body, requestFields, warnings);
  const { messages, tools } = decodeInput(body, warnings);
  const text = optionalObject(body, "text");
  const listed = optionalObjects(body, "tools").flatMap((tool, index) => decodeTool(tool, `tools.${index}.`, null));
  const choice = objectOrNull(body.tool_choice);
  const request = {
    model: requiredString(body, "model"),
    messages,
    tools: keepAllowedTools([...listed, ...tools], choice?.type === "allowed_tools" ? choice.tools : undefined),
    toolChoice: decodeToolChoice(body),
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
    responseFormat: text === null ? null : decodeResponseFormat(text),
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

function decodeInput(body: JsonObject, warnings: string[]): { messages: CanonicalMessage[]; tools: CanonicalTool[] } {
  const messages: CanonicalMessage[] = [];
  const tools: CanonicalTool[] = [];
  const instructions = optionalString(body, "instructions");
  if (instructions !== null && instructions !== "") {
    messages.push({ role: "system", content: [{ type: "text", text: instructions, cache: null }] });
  }
  if (typeof body.input === "string") {
    appendMessage(messages, { role: "user", content: [{ type: "text", text: body.input, cache: null }] });
    return { messages, tools };
  }
  optionalObjects(body, "input").forEach((item, index) => {
    const at = `input.${index}`;
    if (item.type === "additional_tools") {
      tools.push(...optionalObjects(item, "tools", `${at}.`).flatMap((tool) => decodeTool(tool, `${at}.tools.`, null)));
    } else {
      const message = decodeItem(item, at, warnings);
      if (message !== null) appendMessage(messages, message);
    }
  });
  return { messages, tools };
}

function decodeItem(item: JsonObject, at: string, warnings: string[]): CanonicalMessage | null {
  switch (item.type ?? "message") {
    case "message":
      return decodeMessage(item, at);
    case "function_call":
    case "custom_tool_call":
      return { role: "assistant", content: [decodeCall(item, `${at}.`)] };
    case "function_call_output":
    case "custom_tool_call_output":
      return { role: "tool", content: [decodeOutput(item, at)] };
    case "reasoning":
      return { role: "assistant", content: [decodeReasoning(item, at)] };
    case "item_reference":
      warnings.push(`\`${at}\` refers to an item that is not kept here and was left out.`);
      return null;
    default:
      return { role: "assistant", content: [{ type: "wire", wire, item }] };
  }
}

function decodeMessage(item: JsonObject, at: string): CanonicalMessage {
  const content = parseContent(item.content, `${at}.content`);
  const parts: readonly JsonObject[] =
    typeof content === "string" ? (content === "" ? [] : [{ type: "input_text", text: content }]) : content;
  const partAt = (index: number): string => `${at}.content.${index}`;
  switch (item.role) {
    case "system":
    case "developer":
      return { role: "system", content: parts.map((part, index) => decodeText(part, partAt(index))) };
    case "user":
      return { role: "user", content: parts.map((part, index) => decodeUserPart(part, partAt(index))) };
    case "assistant":
      return { role: "assistant", content: parts.flatMap((part, index) => decodeAssistantPart(part, partAt(index))) };
    default:
      throw invalidField(`${at}.role`, `\`${at}.role\` must be user, assistant, system or developer.`);
  }
}

function decodeText(part: JsonObject, at: string): TextPart {
  return { type: "text", text: requiredString(part, "text", `${at}.`), cache: null };
}

function decodeUserPart(part: JsonObject, at: string): UserPart {
  switch (part.type) {
    case "input_text":
    case "output_text":
    case "text":
      return decodeText(part, at);
    case "input_image":
      return decodeImage(part, at);
    case "input_file":
      return decodeFile(part, at);
    case "input_audio":
      throw invalidField(at, `\`${at}\` holds audio, which this model does not take; send text instead.`);
    default:
      return { type: "wire", wire, item: part };
  }
}

function decodeImage(part: JsonObject, at: string): ImagePart {
  const url = optionalString(part, "image_url", `${at}.`);
  const id = optionalString(part, "file_id", `${at}.`);
  if (url === null && id === null) throw invalidField(at, `\`${at}\` needs \`image_url\` or \`file_id\`.`);
  const source = url === null ? ({ kind: "id", id: id ?? "" } as const) : decodeMediaUrl(url);
  return { type: "image", source, detail: optionalString(part, "detail", `${at}.`), cache: null };
}

function decodeFile(part: JsonObject, at: string): FilePart {
  const url = optionalString(part, "file_data", `${at}.`) ?? optionalString(part, "file_url", `${at}.`);
  const id = optionalString(part, "file_id", `${at}.`);
  if (url === null && id === null)
    throw invalidField(at, `\`${at}\` needs \`file_data\`, \`file_url\` or \`file_id\`.`);
  const source = url === null ? ({ kind: "id", id: id ?? "" } as const) : decodeMediaUrl(url);
  return { type: "file", source, filename: optionalString(part, "filename", `${at}.`), cache: null };
}

function decodeAssistantPart(part: JsonObject, at: string): AssistantPart[] {
  if (part.type === "refusal") return [{ type: "refusal", text: requiredString(part, "refusal", `${at}.`) }];
  const text = requiredString(part, "text", `${at}.`);
  return text === "" ? [] : [{ type: "text", text, cache: null }];
}

function decodeCall(item: JsonObject, at: string): AssistantPart {
  const kind: ToolKind = item.type === "custom_tool_call" ? "custom" : "function";
  return {
    type: "tool-call",
    callId: requiredString(item, "call_id", at),
    kind,
    name: requiredString(item, "name", at),
    namespace: optionalString(item, "namespace", at),
    input: fitInput(kind, optionalString(item, kind === "custom" ? "input" : "arguments", at)),
    cache: null,
  };
}

function decodeOutput(item: JsonObject, at: string) {
  const content = parseContent(item.output, `${at}.output`);
  const output: ToolOutputPart[] =
    typeof content === "string"
      ? [{ type: "text", text: content, cache: null }]
      : content
          .map((part, index) => decodeUserPart(part, `${at}.output.${index}`))
          .filter((part): part is ToolOutputPart => part.type !== "wire");
  const kind: ToolKind = item.type === "custom_tool_call_output" ? "custom" : "function";
  const callId = requiredString(item, "call_id", `${at}.`);
  return { type: "tool-result", callId, kind, output, isError: false, cache: null } as const;
}

function decodeReasoning(item: JsonObject, at: string): AssistantPart {
  const summary = optionalObjects(item, "summary", `${at}.`);
  const shown = summary.length > 0 ? summary : optionalObjects(item, "content", `${at}.`);
  const text = shown.map((part) => stringOrNull(part.text) ?? "").join("\n\n");
  return { type: "reasoning", text, opaque: unsealReasoning(stringOrNull(item.encrypted_content) ?? "", wire) };
}

/** One tool, or all tools of a namespace. */
function decodeTool(tool: JsonObject, at: string, namespace: string | null): CanonicalTool[] {
  switch (tool.type) {
    case "function":
      return [
        {
          type: "function",
          name: requiredString(tool, "name", at),
          namespace,
          description: optionalString(tool, "description", at),
          parameters: optionalObject(tool, "parameters", at) ?? { type: "object", properties: {} },
          strict: optionalBoolean(tool, "strict", at),
          cache: null,
        },
      ];
    case "custom":
      return [
        {
          type: "custom",
          name: requiredString(tool, "name", at),
          namespace,
          description: optionalString(tool, "description", at),
          format: optionalObject(tool, "format", at),
        },
      ];
    case "namespace": {
      const name = requiredString(tool, "name", at);
      return optionalObjects(tool, "tools", at).flatMap((inner) => decodeTool(inner, `${at}tools.`, name));
    }
    default:
      return [{ type: "server", wire, name: stringOrNull(tool.name) ?? String(tool.type), definition: tool }];
  }
}

function decodeToolChoice(body: JsonObject): ToolChoice | null {
  const choice = body.tool_choice;
  if (choice === undefined || choice === null) return null;
  if (choice === "auto" || choice === "none" || choice === "required") return { type: choice };
  if (!isObject(choice))
    throw invalidField("tool_choice", "`tool_choice` must be auto, none, required or a named tool.");
  if (choice.type === "allowed_tools") return { type: choice.mode === "required" ? "required" : "auto" };
  const name = hostedChoices.has(String(choice.type))
    ? requiredString(choice, "name", "tool_choice.")
    : String(choice.type);
  return { type: "tool", name, namespace: optionalString(choice, "namespace", "tool_choice.") };
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
