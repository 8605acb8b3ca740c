import type { JsonObject } from "@copilot-llm/model";
import { invalidField, optionalObject, optionalObjects, optionalString, requiredString } from "../body/fields.js";
import { isObject } from "../body/json.js";
import { parseContent } from "../body/require-field.js";
import { appendMessage } from "../canonical/append-message.js";
import { decodeMediaUrl } from "../canonical/data-url.js";
import { fitInput } from "../canonical/fit-input.js";
import type { AssistantPart, CacheHint, FilePart, TextPart, ToolKind, UserPart } from "../canonical/part.js";
import type { CanonicalMessage } from "../canonical/request.js";
import { unsealReasoning } from "../canonical/seal-reasoning.js";
import { reasoningTextFields } from "./wire.js";

const wire = "openai-chat";

/** The conversation in normal form. */
export function decodeMessages(wireMessages: readonly JsonObject[], warnings: string[]): CanonicalMessage[] {
  const messages: CanonicalMessage[] = [];
  const kinds = new Map<string, ToolKind>();
  wireMessages.forEach((message, index) => {
    appendMessage(messages, decodeMessage(message, `messages.${index}`, kinds, warnings));
  });
  return messages;
}

function decodeMessage(
  message: JsonObject,
  at: string,
  kinds: Map<string, ToolKind>,
  warnings: string[],
): CanonicalMessage {
  const cache = decodeCache(message);
  switch (message.role) {
    case "system":
    case "developer":
      return { role: "system", content: markLast(decodeTexts(message, at), cache) };
    case "user":
      return { role: "user", content: markLast(decodeUserParts(message, at, warnings), cache) };
    case "assistant":
      return { role: "assistant", content: decodeAssistantParts(message, at, kinds, cache) };
    case "tool": {
      const callId = requiredString(message, "tool_call_id", `${at}.`);
      const output = decodeUserParts(message, at, warnings).filter((part) => part.type !== "wire");
      const kind = kinds.get(callId) ?? "function";
      return { role: "tool", content: [{ type: "tool-result", callId, kind, output, isError: false, cache }] };
    }
    default:
      throw invalidField(`${at}.role`, `\`${at}.role\` must be system, developer, user, assistant or tool here.`);
  }
}

/** Copilot marks cache breakpoints on the message (docs/copilot-service.md#chat-cache-marks). */
export function decodeCache(message: JsonObject): CacheHint | null {
  return isObject(message.copilot_cache_control) ? { ttl: null } : null;
}

function markLast<Part extends UserPart>(parts: Part[], cache: CacheHint | null): Part[] {
  const last = parts.at(-1);
  if (cache !== null && last !== undefined && last.type !== "wire") parts[parts.length - 1] = { ...last, cache };
  return parts;
}

function decodeTexts(message: JsonObject, at: string): TextPart[] {
  const content = parseContent(message.content, `${at}.content`);
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content, cache: null }];
  return content.map((part, index) => ({
    type: "text",
    text: requiredString(part, "text", `${at}.content.${index}.`),
    cache: null,
  }));
}

function decodeUserParts(message: JsonObject, at: string, warnings: string[]): UserPart[] {
  const content = parseContent(message.content, `${at}.content`);
  if (typeof content === "string") return content === "" ? [] : [{ type: "text", text: content, cache: null }];
  return content.map((part, index) => decodeUserPart(part, `${at}.content.${index}`, warnings));
}

function decodeUserPart(part: JsonObject, at: string, warnings: string[]): UserPart {
  if (part.type === "text") return { type: "text", text: requiredString(part, "text", `${at}.`), cache: null };
  if (part.type === "image_url") {
    const image = isObject(part.image_url) ? part.image_url : { url: part.image_url };
    const url = requiredString(image, "url", `${at}.image_url.`);
    const detail = optionalString(image, "detail", `${at}.image_url.`);
    return { type: "image", source: decodeMediaUrl(url), detail, cache: null };
  }
  if (part.type === "file") return decodeFile(optionalObject(part, "file", `${at}.`) ?? {}, at);
  if (part.type === "input_audio") {
    throw invalidField(at, `\`${at}\` holds audio, which this model does not take; send text instead.`);
  }
  warnings.push(`A content part of type ${JSON.stringify(part.type)} is not carried and was left out.`);
  return { type: "wire", wire, item: part };
}

function decodeFile(file: JsonObject, at: string): FilePart {
  const id = optionalString(file, "file_id", `${at}.file.`);
  const data = optionalString(file, "file_data", `${at}.file.`);
  if (id === null && data === null)
    throw invalidField(`${at}.file`, `\`${at}.file\` needs \`file_data\` or \`file_id\`.`);
  const source = data === null ? ({ kind: "id", id: id ?? "" } as const) : decodeMediaUrl(data);
  return { type: "file", source, filename: optionalString(file, "filename", `${at}.file.`), cache: null };
}

function decodeAssistantParts(
  message: JsonObject,
  at: string,
  kinds: Map<string, ToolKind>,
  cache: CacheHint | null,
): AssistantPart[] {
  if (message.function_call !== undefined && message.function_call !== null) {
    throw invalidField(`${at}.function_call`, "`function_call` is not supported for this model; use `tool_calls`.");
  }
  const parts: AssistantPart[] = [...decodeReasoning(message)];
  const content = parseContent(message.content, `${at}.content`);
  if (typeof content === "string" && content !== "") parts.push({ type: "text", text: content, cache });
  if (typeof content !== "string") {
    content.forEach((part, index) => {
      const isRefusal = part.type === "refusal";
      const text = requiredString(part, isRefusal ? "refusal" : "text", `${at}.content.${index}.`);
      parts.push(isRefusal ? { type: "refusal", text } : { type: "text", text, cache: null });
    });
  }
  const refusal = optionalString(message, "refusal", `${at}.`);
  if (refusal !== null && refusal !== "") parts.push({ type: "refusal", text: refusal });
  optionalObjects(message, "tool_calls", `${at}.`).forEach((call, index) => {
    parts.push(decodeToolCall(call, `${at}.tool_calls.${index}.`, kinds));
  });
  return parts;
}

function decodeReasoning(message: JsonObject): AssistantPart[] {
  const field = reasoningTextFields.find((name) => typeof message[name] === "string" && message[name] !== "");
  const text = field === undefined ? "" : String(message[field]);
  const sealed = typeof message.reasoning_opaque === "string" ? message.reasoning_opaque : "";
  if (text === "" && sealed === "") return [];
  return [{ type: "reasoning", text, opaque: unsealReasoning(sealed, wire) }];
}

function decodeToolCall(call: JsonObject, at: string, kinds: Map<string, ToolKind>): AssistantPart {
  const callId = requiredString(call, "id", at);
  const isCustom = call.type === "custom";
  const kind: ToolKind = isCustom ? "custom" : "function";
  const called = optionalObject(call, isCustom ? "custom" : "function", at) ?? {};
  kinds.set(callId, kind);
  return {
    type: "tool-call",
    callId,
    kind,
    name: requiredString(called, "name", at),
    namespace: null,
    input: fitInput(kind, optionalString(called, isCustom ? "input" : "arguments", at)),
    cache: null,
  };
}
