import type { JsonObject } from "@copilot-llm/model";
import { withoutNulls } from "../body/fields.js";
import { encodeMediaUrl } from "../canonical/data-url.js";
import { fitCallId } from "../canonical/fit-call-id.js";
import type {
  AssistantPart,
  ReasoningPart,
  ToolCallPart,
  ToolOutputPart,
  ToolResultPart,
  UserPart,
} from "../canonical/part.js";
import type { CanonicalMessage } from "../canonical/request.js";
import { sealReasoning } from "../canonical/seal-reasoning.js";
import { encodeErrorMark } from "../canonical/tool-output-text.js";

const wire = "openai-chat";

/** One message; tool results become one each. */
export function encodeMessage(message: CanonicalMessage, warnings: string[]): JsonObject[] {
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

/** The message or tool with Copilot's mark where one of its parts is a cache breakpoint. */
export function withCache(message: JsonObject, parts: readonly object[]): JsonObject {
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

/** Nothing in place of what the wire cannot carry. */
export function dropped(warnings: string[], what: string): [] {
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
  const text = parts.map((part) => (part.opaque?.wire === wire ? part.text : "")).join("");
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
