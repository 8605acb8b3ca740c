import type { JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "../body/json.js";

/** Fields that hold words in the parts and items of any API, in the order in which they are read. */
const textFields = [
  "title",
  "url",
  "text",
  "input_text",
  "output_text",
  "refusal",
  "content",
  "output",
  "stdout",
  "stderr",
  "summary",
  "message",
] as const;

/** The words that a part or an item of unknown shape holds; empty when there are none. */
export function readText(value: JsonValue | undefined): string {
  if (typeof value === "string") return value;
  if (isArray(value)) return joinTexts(value);
  return isObject(value) ? joinTexts(textFields.map((name) => value[name])) : "";
}

function joinTexts(values: readonly (JsonValue | undefined)[]): string {
  return values
    .map(readText)
    .filter((text) => text !== "")
    .join("\n");
}
