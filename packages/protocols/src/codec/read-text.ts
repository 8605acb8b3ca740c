import type { JsonValue } from "@copilot-llm/model";
import { isArray, isObject, stringOrNull } from "../body/json.js";

/** Fields that hold words in the parts and items of any API, in the order in which they are read. */
const textFields = [
  "title",
  "filename",
  "url",
  "source",
  "text",
  "input_text",
  "output_text",
  "refusal",
  "code",
  "content",
  "lines",
  "results",
  "output",
  "outputs",
  "logs",
  "stdout",
  "stderr",
  "error",
  "reason",
  "summary",
  "message",
] as const;

/** The words that a part or an item of unknown shape holds; empty when there are none. Bytes in base64 are none. */
export function readText(value: JsonValue | undefined): string {
  if (typeof value === "string") return value;
  if (isArray(value)) return joinTexts(value);
  if (!isObject(value)) return "";
  // Anthropic's source of a document that is plain text; of any other the data are bytes.
  if (value.type === "text" && value.text === undefined) return stringOrNull(value.data) ?? "";
  return joinTexts(textFields.map((name) => (isDataUrl(value[name]) ? "" : value[name])));
}

function isDataUrl(value: JsonValue | undefined): boolean {
  return typeof value === "string" && /^data:[^,\s]*;base64,/i.test(value.slice(0, 256));
}

function joinTexts(values: readonly (JsonValue | undefined)[]): string {
  return values
    .map(readText)
    .filter((text) => text !== "")
    .join("\n");
}
