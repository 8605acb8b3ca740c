import type { RecordedBodies } from "@copilot-llm/model";
import { streamedText } from "./streamed-text.js";

/** What names things, or holds pictures and ciphers: nobody looks for it. */
const unread = new Set([
  "id",
  "type",
  "role",
  "model",
  "object",
  "data",
  "url",
  "image_url",
  "file_data",
  "signature",
  "encrypted_content",
  "call_id",
  "tool_use_id",
  "tool_call_id",
  "finish_reason",
  "stop_reason",
]);

/**
 * What was said anew: in the request behind the last turn of the model, and in the response. Empty where the bodies are
 * no conversation.
 */
export function turnText({ request, response }: RecordedBodies): string {
  const answer = decode(response);
  const texts = [...requestTexts(parseJson(decode(request))), streamedText(answer)];
  if (texts.at(-1) === "") texts.push(...textsOf(parseJson(answer)));
  return texts.join("\n");
}

function requestTexts(request: unknown): readonly string[] {
  if (!isObject(request)) return [];
  const turns = request.messages ?? request.input;
  if (typeof turns === "string") return [turns];
  if (!Array.isArray(turns)) return [];
  const last = turns.findLastIndex(isOfModel);
  return turns
    .slice(last + 1)
    .filter(isNoInstruction)
    .flatMap(textsOf);
}

/** In all wires what the model said is by the assistant, or a call or a thought of its own. */
function isOfModel(turn: unknown): boolean {
  return isObject(turn) && (turn.role === "assistant" || turn.type === "function_call" || turn.type === "reasoning");
}

/** Instructions are the same in every conversation. */
function isNoInstruction(turn: unknown): boolean {
  return !(isObject(turn) && (turn.role === "system" || turn.role === "developer"));
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, part]) => (unread.has(name) ? [] : textsOf(part)));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function decode(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}
