import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject, parseObjectOrNull } from "../body/json.js";
import { createSseReader } from "../sse/sse-reader.js";

/** The `response.id` of a Responses answer as its client got it; null when there is none in its beginning. */
export function findResponseId(answer: Uint8Array): string | null {
  const start = Buffer.from(answer.buffer, answer.byteOffset, Math.min(answer.length, searchedBytes)).toString(
    "latin1",
  );
  return /"id"\s*:\s*"(resp_[^"\\]*)"/.exec(start)?.[1] ?? null;
}

const searchedBytes = 16_384;

/**
 * One recorded Responses exchange as input items: what the client sent, then what was answered. Reasoning that was not
 * sealed for the way is left out: nobody could read it.
 */
export function responseItems(request: JsonObject, answer: Uint8Array): readonly JsonValue[] {
  return [...inputItems(request.input), ...outputItems(answer).filter(isCarried)];
}

/** A Responses request with earlier items before its own, and no reference to a stored response any more. */
export function prependItems(body: JsonObject, items: readonly JsonValue[]): JsonObject {
  const { previous_response_id: _, ...rest } = body;
  return { ...rest, input: [...items, ...inputItems(body.input)] };
}

function inputItems(input: JsonValue | undefined): readonly JsonValue[] {
  if (typeof input === "string") return [{ type: "message", role: "user", content: input }];
  return isArray(input) ? input : [];
}

function outputItems(answer: Uint8Array): readonly JsonValue[] {
  const text = Buffer.from(answer.buffer, answer.byteOffset, answer.length).toString();
  if (text.trimStart().startsWith("{")) return outputOf(JSON.parse(text) as JsonValue);
  const reader = createSseReader();
  const done: JsonValue[] = [];
  for (const { data } of [...reader.push(answer), ...reader.finish()]) {
    const event = parseObjectOrNull(data);
    if (event === null) continue;
    if (event.type === "response.output_item.done" && event.item !== undefined) done.push(event.item);
    const whole = outputOf(event.response);
    if (typeof event.type === "string" && endings.has(event.type) && whole.length > 0) return whole;
  }
  return done;
}

const endings: ReadonlySet<string> = new Set(["response.completed", "response.incomplete"]);

function outputOf(response: JsonValue | undefined): readonly JsonValue[] {
  return isObject(response) && isArray(response.output) ? response.output : [];
}

function isCarried(item: JsonValue): boolean {
  return !isObject(item) || item.type !== "reasoning" || typeof item.encrypted_content === "string";
}
