import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "./json.js";

const imageTypes = new Set<JsonValue | undefined>(["image", "image_url", "input_image", "computer_screenshot"]);

/**
 * True when a message's parts hold an image of any protocol, however deep: tool results hold documents, and documents
 * parts. Only what can hold parts is walked.
 */
export function holdsImage(content: string | JsonValue | readonly JsonObject[] | undefined): boolean {
  if (isArray(content)) return content.some(holdsImage);
  if (!isObject(content)) return false;
  const { type, source } = content;
  return imageTypes.has(type) || holdsImage(content.content) || (isObject(source) && holdsImage(source.content));
}
