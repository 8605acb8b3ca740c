import type { JsonObject } from "@copilot-llm/model";
import { withoutNulls } from "../body/fields.js";
import { encodeMediaUrl } from "../canonical/data-url.js";
import { emptyText } from "../canonical/empty-text.js";
import { fitCallId } from "../canonical/fit-call-id.js";
import { fitIdentifier } from "../canonical/fit-identifier.js";
import type { AssistantPart, ReasoningPart, ToolCallPart, ToolResultPart, UserPart } from "../canonical/part.js";
import type { CanonicalMessage, CanonicalRequest, CanonicalTool, ResponseFormat } from "../canonical/request.js";
import { sealReasoning } from "../canonical/seal-reasoning.js";
import { encodeErrorMark } from "../canonical/tool-output-text.js";
import type { EncodedRequest } from "../codec/wire-codec.js";
import { encryptedContent } from "./wire.js";

const wire = "openai-responses";

/** The service wants some input, however little the client said. */
const nothingSaid: readonly JsonObject[] = [
  { type: "message", role: "user", content: [{ type: "input_text", text: emptyText }] },
];

/** A canonical request as a Responses body that leaves nothing stored at the service. */
export function encodeRequest(request: CanonicalRequest): EncodedRequest {
  const warnings: string[] = [];
  const { sampling } = request;
  warnUncarried(request, warnings);
  const [first, ...rest] = request.messages;
  const instructions =
    first?.role === "system" && first.content.length === 1 && rest.length > 0 ? first.content[0] : null;
  const messages = instructions === null ? request.messages : rest;
  const input = messages.flatMap((message) => encodeMessage(message, warnings));
  const tools = encodeTools(request.tools, warnings);
  const body = withoutNulls({
    model: request.model,
    instructions: instructions?.text,
    input: input.length > 0 ? input : nothingSaid,
    tools: tools.length > 0 ? tools : null,
    tool_choice: tools.length > 0 ? encodeToolChoice(request) : null,
    parallel_tool_calls: tools.length > 0 ? request.parallelToolCalls : null,
    max_output_tokens: request.maxOutputTokens,
    temperature: sampling.temperature,
    top_p: sampling.topP,
    ...encodeReasoningRequest(request),
    text: encodeText(request),
    metadata: request.metadata,
    user: fitIdentifier(request.user),
    prompt_cache_key: fitIdentifier(request.promptCacheKey),
    store: false,
    stream: request.stream ? true : null,
  });
  return { body, warnings };
}

function warnUncarried(request: CanonicalRequest, warnings: string[]): void {
  const { topK, presencePenalty, frequencyPenalty, seed } = request.sampling;
  const uncarried = { top_k: topK, presence_penalty: presencePenalty, frequency_penalty: frequencyPenalty, seed };
  for (const [name, value] of Object.entries(uncarried)) {
    if (value !== null) warnings.push(`\`${name}\` is unknown to Responses and was left out.`);
  }
}

/** The items of one message; tool results, calls and sealed thoughts become one each. */
export function encodeMessage(message: CanonicalMessage, warnings: string[]): JsonObject[] {
  switch (message.role) {
    case "system":
      return [{ type: "message", role: "developer", content: encodeParts(message.content, warnings) }];
    case "user": {
      const content = encodeParts(message.content, warnings);
      return content.length === 0 ? [] : [{ type: "message", role: "user", content }];
    }
    case "assistant":
      return encodeAssistant(message.content, warnings);
    case "tool":
      return message.content.map((result) => encodeOutput(result, warnings));
  }
}

function encodeParts(parts: readonly UserPart[], warnings: string[]): JsonObject[] {
  return parts.flatMap((part) => encodePart(part, warnings));
}

function encodePart(part: UserPart, warnings: string[]): JsonObject[] {
  switch (part.type) {
    case "text":
      return [{ type: "input_text", text: part.text }];
    case "image": {
      const id = part.source.kind === "id" ? part.source.id : null;
      const image = { type: "input_image", image_url: encodeMediaUrl(part.source), file_id: id, detail: part.detail };
      return [withoutNulls(image)];
    }
    case "file": {
      const { source, filename } = part;
      const file =
        source.kind === "id"
          ? { file_id: source.id }
          : source.kind === "url"
            ? { file_url: source.url }
            : { file_data: encodeMediaUrl(source) };
      return [withoutNulls({ type: "input_file", ...file, filename })];
    }
    case "wire":
      return part.wire === wire ? [part.item] : dropped(warnings, "An item of another protocol");
  }
}

function dropped(warnings: string[], what: string): [] {
  warnings.push(`${what} cannot be carried to Responses and was left out.`);
  return [];
}

/** Neighbouring texts are one message; every call and every sealed thought is an item of its own. */
function encodeAssistant(parts: readonly AssistantPart[], warnings: string[]): JsonObject[] {
  const items: JsonObject[] = [];
  let texts: JsonObject[] = [];
  const flush = (): void => {
    if (texts.length > 0) items.push({ type: "message", role: "assistant", content: texts });
    texts = [];
  };
  for (const part of parts) {
    if (part.type === "text") texts.push({ type: "output_text", text: part.text });
    else if (part.type === "refusal") texts.push({ type: "refusal", refusal: part.text });
    else {
      flush();
      if (part.type === "reasoning") items.push(...encodeReasoning(part));
      else if (part.type === "tool-call") items.push(encodeCall(part));
      else if (part.wire === wire) items.push(part.item);
      else dropped(warnings, "An item of another protocol");
    }
  }
  flush();
  return items;
}

/**
 * Only reasoning that this wire encrypted goes back; item ids are left out because they rotate
 * (docs/copilot-service.md#rotating-item-ids).
 */
function encodeReasoning(part: ReasoningPart): JsonObject[] {
  if (part.opaque?.wire !== wire) return [];
  const summary = part.text === "" ? [] : [{ type: "summary_text", text: part.text }];
  return [{ type: "reasoning", summary, encrypted_content: sealReasoning(part.opaque, wire) }];
}

function encodeCall(call: ToolCallPart): JsonObject {
  const common = { call_id: fitCallId(call.callId), name: call.name, namespace: call.namespace };
  return call.kind === "custom"
    ? withoutNulls({ type: "custom_tool_call", ...common, input: call.input })
    : withoutNulls({ type: "function_call", ...common, arguments: call.input });
}

function encodeOutput(result: ToolResultPart, warnings: string[]): JsonObject {
  const type = result.kind === "custom" ? "custom_tool_call_output" : "function_call_output";
  const mark = encodeErrorMark(result);
  const only = result.output[0];
  const marked =
    mark === "" ? result.output : [{ type: "text", text: mark.trim(), cache: null } as const, ...result.output];
  const output =
    result.output.length === 0
      ? mark
      : result.output.length === 1 && only?.type === "text"
        ? mark + only.text
        : encodeParts(marked, warnings);
  return { type, call_id: fitCallId(result.callId), output };
}

/** Tools of one namespace stand together in it, where its first tool stood. */
function encodeTools(tools: readonly CanonicalTool[], warnings: string[]): JsonObject[] {
  const encoded: JsonObject[] = [];
  const namespaces = new Map<string, JsonObject[]>();
  for (const tool of tools) {
    if (tool.type === "server") {
      if (tool.wire === wire) encoded.push(tool.definition);
      else dropped(warnings, `The server tool \`${tool.name}\``);
      continue;
    }
    const definition = encodeTool(tool);
    const members = tool.namespace === null ? encoded : namespaces.get(tool.namespace);
    if (members !== undefined) {
      members.push(definition);
    } else if (tool.namespace !== null) {
      const namespaced = [definition];
      namespaces.set(tool.namespace, namespaced);
      encoded.push({ type: "namespace", name: tool.namespace, tools: namespaced });
    }
  }
  return encoded;
}

function encodeTool(tool: Exclude<CanonicalTool, { type: "server" }>): JsonObject {
  const { type, name, description } = tool;
  if (type === "custom") return withoutNulls({ type, name, description, format: tool.format });
  // The API takes an absent `strict` for true, which the schema may not be fit for.
  return withoutNulls({ type, name, description, parameters: tool.parameters, strict: tool.strict ?? false });
}

function encodeToolChoice(request: CanonicalRequest): JsonObject | string | null {
  const choice = request.toolChoice;
  if (choice === null) return null;
  if (choice.type !== "tool") return choice.type;
  const tool = request.tools.find(({ name }) => name === choice.name);
  if (tool === undefined || (tool.type === "server" && tool.wire !== wire)) return null;
  if (tool.type === "server") return { type: String(tool.definition.type) };
  return withoutNulls({ type: tool.type, name: choice.name, namespace: choice.namespace });
}

function encodeReasoningRequest(request: CanonicalRequest): JsonObject {
  const { reasoning } = request;
  if (reasoning === null || reasoning.mode === "disabled") return {};
  const { effort, summary } = reasoning;
  const shown = effort === null && summary === null ? null : withoutNulls({ effort, summary });
  return { reasoning: shown, include: [encryptedContent] };
}

function encodeText(request: CanonicalRequest): JsonObject | null {
  const format = request.responseFormat === null ? null : encodeFormat(request.responseFormat);
  if (format === null && request.verbosity === null) return null;
  return withoutNulls({ format, verbosity: request.verbosity });
}

function encodeFormat(format: ResponseFormat): JsonObject {
  if (format.type === "text") return { type: "text" };
  if (format.type === "json") return { type: "json_object" };
  const { name, description, schema, strict } = format;
  return withoutNulls({ type: "json_schema", name: name ?? "response", description, schema, strict });
}
