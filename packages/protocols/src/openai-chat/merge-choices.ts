import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject, objectOrNull, parseObjectOrNull } from "../body/json.js";
import { mergeFinish } from "../canonical/finish-significance.js";
import type { FinishReason } from "../canonical/response.js";
import { mapFinishReason } from "./map-finish-reason.js";

const finishField = Buffer.from('"finish_reason"');

/**
 * A whole Chat answer whose choices are parts of one answer (docs/copilot-service.md#split-choices) as one with a
 * single choice: clients read the first only and would miss the tool calls of a Claude model. The very bytes when there
 * is one choice, or when the client asked for several.
 */
export function mergeChoices(request: JsonObject, answer: Uint8Array): Uint8Array {
  const asksForSeveral = typeof request.n === "number" && request.n > 1;
  if (asksForSeveral || !mayHoldSeveral(answer)) return answer;
  const body = parseObjectOrNull(Buffer.from(answer).toString());
  const choices = isArray(body?.choices) ? body.choices.filter(isObject) : [];
  const [first] = choices;
  if (body === null || first === undefined || choices.length === 1) return answer;
  const message = mergeMessages(choices.map((choice) => objectOrNull(choice.message) ?? {}));
  const merged = { ...first, message, finish_reason: mergeFinishReasons(choices) };
  return Buffer.from(JSON.stringify({ ...body, choices: [merged] }));
}

function mayHoldSeveral(answer: Uint8Array): boolean {
  const bytes = Buffer.from(answer.buffer, answer.byteOffset, answer.length);
  const first = bytes.indexOf(finishField);
  return first !== -1 && bytes.indexOf(finishField, first + finishField.length) !== -1;
}

function mergeMessages(messages: readonly JsonObject[]): JsonObject {
  const merged: Record<string, JsonValue | undefined> = {};
  for (const message of messages) {
    for (const [name, value] of Object.entries(message)) if (value !== null || !(name in merged)) merged[name] = value;
  }
  const texts = messages.flatMap(({ content }) => (typeof content === "string" ? [content] : []));
  const calls = messages.flatMap(({ tool_calls }) => (isArray(tool_calls) ? tool_calls : []));
  merged.content = texts.length === 0 ? null : texts.join("");
  if (calls.length > 0) merged.tool_calls = calls;
  return merged;
}

function mergeFinishReasons(choices: readonly JsonObject[]): string | null {
  let finish: FinishReason | null = null;
  for (const { finish_reason: raw } of choices) {
    if (typeof raw === "string") finish = mergeFinish(finish, mapFinishReason(raw));
  }
  return finish?.raw ?? null;
}
