import { isJsonObject } from "../json-value.js";

const imageTypes = new Set(["image_url", "input_image", "image"]);

/** True when a content part anywhere below is an image, in any wire's spelling. */
export function hasImage(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasImage);
  if (!isJsonObject(value)) return false;
  if (typeof value.type === "string" && imageTypes.has(value.type)) return true;
  return hasImage(value.content) || hasImage(value.output);
}
