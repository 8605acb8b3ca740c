import type { JsonObject } from "@copilot-llm/model";
import { writeJson } from "../body/exact-json.js";
import {
  invalidField,
  optionalBoolean,
  optionalObject,
  optionalObjects,
  optionalString,
  requiredString,
} from "../body/fields.js";
import { isObject } from "../body/json.js";
import { parseContent } from "../body/require-field.js";
import { appendMessage } from "../canonical/append-message.js";
import { fitInput } from "../canonical/fit-input.js";
import type {
  AssistantPart,
  CacheHint,
  TextPart,
  ToolKind,
  ToolOutputPart,
  ToolResultPart,
  UserPart,
} from "../canonical/part.js";
import type { CanonicalMessage } from "../canonical/request.js";
import { unsealReasoning } from "../canonical/seal-reasoning.js";
import { decodeOtherPart, decodeWords } from "../codec/decode-other-part.js";
import { restoreTurn, type TurnShape, unsealShape } from "./turn-shape.js";
import { reasoningTextFields } from "./wire.js";

const wire = "openai-chat";

/** The conversation in normal form, in which who speaks is said in words. */
export function decodeMessages(wireMessages: readonly JsonObject[], warnings: string[]): CanonicalMessage[] {
  const messages: CanonicalMessage[] = [];
  const kinds = new Map<string, ToolKind>();
  wireMessages.forEach((message, index) => {
    const at = `messages.${index}`;
    if (message.role === "assistant" && message.name !== undefined && message.name !== null) {
      warnings.push(`\`${at}.name\` is not carried to this model's protocol and was left out.`);
    }
    for (const decoded of decodeMessage(message, at, kinds)) {
      appendMessage(messages, sayName(decoded, optionalString(message, "name", `${at}.`)));
    }
  });
  return messages;
}

/**
 * The message beginning with its speaker: `alice: `. Not one of the assistant, which would go on by beginning so, nor a
 * tool's, whose call names it.
 */
function sayName(message: CanonicalMessage, name: string | null): CanonicalMessage {
  if (name === null || name === "" || message.content.length === 0) return message;
  if (message.role === "system") return { role: "system", content: nameFirst(message.content, name) };
  return message.role === "user" ? { role: "user", content: nameFirst(message.content, name) } : message;
}

function nameFirst<Part extends UserPart>(parts: readonly Part[], name: string): (Part | TextPart)[] {
  const [first, ...rest] = parts;
  return first?.type === "text"
    ? [{ ...first, text: `${name}: ${first.text}` }, ...rest]
    : [{ type: "text", text: `${name}:`, cache: null }, ...parts];
}

/** One message; a turn of the user that holds tool results in Anthropic's form becomes two. `kinds` holds the calls so far. */
export function decodeMessage(message: JsonObject, at: string, kinds: Map<string, ToolKind>): CanonicalMessage[] {
  const cache = decodeCache(message);
  switch (message.role) {
    case "system":
    case "developer":
      return [{ role: "system", content: markLast(decodeTexts(message, at), cache) }];
    case "user": {
      const { results, parts } = decodeUserContent(message, at, kinds);
      return [
        { role: "tool", content: results },
        { role: "user", content: markLast(parts, cache) },
      ];
    }
    case "assistant":
      return [{ role: "assistant", content: decodeAssistantParts(message, at, kinds, cache) }];
    case "tool": {
      const callId = requiredString(message, "tool_call_id", `${at}.`);
      const { parts: output } = decodeUserContent(message, at, kinds);
      const kind = kinds.get(callId) ?? "function";
      return [{ role: "tool", content: [{ type: "tool-result", callId, kind, output, isError: false, cache }] }];
    }
    default:
      throw invalidField(`${at}.role`, `\`${at}.role\` must be system, developer, user, assistant or tool here.`);
  }
}

/** Copilot marks cache breakpoints on the message (docs/copilot-service.md#chat-cache-marks). */
export function decodeCache(message: JsonObject): CacheHint | null {
  return isObject(message.copilot_cache_control) ? { ttl: null } : null;
}

function markLast<Part extends ToolOutputPart>(parts: Part[], cache: CacheHint | null): Part[] {
  const last = parts.at(-1);
  if (cache !== null && last !== undefined) parts[parts.length - 1] = { ...last, cache };
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

/** What the user says, and the tool results that some clients put there in Anthropic's form. */
function decodeUserContent(
  message: JsonObject,
  at: string,
  kinds: ReadonlyMap<string, ToolKind>,
): { readonly results: ToolResultPart[]; readonly parts: ToolOutputPart[] } {
  const content = parseContent(message.content, `${at}.content`);
  const results: ToolResultPart[] = [];
  const parts: ToolOutputPart[] = [];
  if (typeof content === "string") {
    if (content !== "") parts.push({ type: "text", text: content, cache: null });
    return { results, parts };
  }
  content.forEach((part, index) => {
    const partAt = `${at}.content.${index}`;
    if (part.type === "tool_result") results.push(decodeToolResult(part, partAt, kinds));
    else parts.push(decodeOtherPart(part, partAt));
  });
  return { results, parts };
}

function decodeToolResult(part: JsonObject, at: string, kinds: ReadonlyMap<string, ToolKind>): ToolResultPart {
  const callId = optionalString(part, "tool_call_id", `${at}.`) ?? requiredString(part, "tool_use_id", `${at}.`);
  const content = parseContent(part.content, `${at}.content`);
  const output: ToolOutputPart[] =
    typeof content === "string"
      ? [{ type: "text", text: content, cache: null }]
      : content.map((inner, index) => decodeOtherPart(inner, `${at}.content.${index}`));
  const isError = optionalBoolean(part, "is_error", `${at}.`) ?? false;
  return { type: "tool-result", callId, kind: kinds.get(callId) ?? "function", output, isError, cache: null };
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
  const parts: AssistantPart[] = [];
  const content = parseContent(message.content, `${at}.content`);
  if (typeof content === "string" && content !== "") parts.push({ type: "text", text: content, cache });
  if (typeof content !== "string") {
    content.forEach((part, index) => {
      parts.push(...decodeAssistantPart(part, `${at}.content.${index}`, kinds));
    });
  }
  const refusal = optionalString(message, "refusal", `${at}.`);
  if (refusal !== null && refusal !== "") parts.push({ type: "refusal", text: refusal });
  optionalObjects(message, "tool_calls", `${at}.`).forEach((call, index) => {
    parts.push(decodeToolCall(call, `${at}.tool_calls.${index}.`, kinds));
  });
  const shape = typeof message.reasoning_opaque === "string" ? unsealShape(message.reasoning_opaque) : null;
  return shape === null ? [...decodeReasoning(message), ...parts] : restoreShape(shape, thoughtOf(message), parts);
}

/** The thoughts of an answer in their places again. */
function restoreShape(shape: TurnShape, thought: string, parts: readonly AssistantPart[]): AssistantPart[] {
  const text = parts.map((part) => (part.type === "text" ? part.text : "")).join("");
  const calls = parts.filter((part) => part.type === "tool-call");
  const refusals = parts.filter((part) => part.type === "refusal");
  return [...restoreTurn(shape, thought, text, calls), ...refusals];
}

function thoughtOf(message: JsonObject): string {
  const field = reasoningTextFields.find((name) => typeof message[name] === "string" && message[name] !== "");
  return field === undefined ? "" : String(message[field]);
}

function decodeAssistantPart(part: JsonObject, at: string, kinds: Map<string, ToolKind>): AssistantPart[] {
  switch (part.type) {
    case "refusal":
      return [{ type: "refusal", text: requiredString(part, "refusal", `${at}.`) }];
    case "text":
    case "output_text":
      return [{ type: "text", text: requiredString(part, "text", `${at}.`), cache: null }];
    // Thoughts in Anthropic's form were signed for another upstream than any that Chat reaches.
    case "thinking":
    case "redacted_thinking":
      return [];
    case "tool_use": {
      const callId = requiredString(part, "id", `${at}.`);
      kinds.set(callId, "function");
      const call = { type: "tool-call", callId, kind: "function", namespace: null, cache: null } as const;
      return [{ ...call, name: requiredString(part, "name", `${at}.`), input: writeJson(part.input ?? {}) }];
    }
    default:
      return [decodeWords(part, at)];
  }
}

function decodeReasoning(message: JsonObject): AssistantPart[] {
  const text = thoughtOf(message);
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
