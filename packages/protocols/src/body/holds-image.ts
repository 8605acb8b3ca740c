import type { JsonObject, JsonValue } from "@copilot-llm/model";
import { isArray, isObject } from "./json.js";

const imageTypes = new Set<JsonValue | undefined>(["image", "image_url", "input_image", "computer_screenshot"]);

/** True when a message's parts hold an image of any protocol, also inside tool results and documents. */
export function holdsImage(content: string | JsonValue | readonly JsonObject[] | undefined): boolean {
  if (isObject(content)) return imageTypes.has(content.type);
  if (!isArray(content)) return false;
  return content.some((part) => isObject(part) && (imageTypes.has(part.type) || nestedHoldsImage(part)));
}

function nestedHoldsImage(part: JsonObject): boolean {
  const nested = part.type === "document" && isObject(part.source) ? part.source.content : part.content;
  return isArray(nested) && nested.some((inner) => isObject(inner) && imageTypes.has(inner.type));
}
