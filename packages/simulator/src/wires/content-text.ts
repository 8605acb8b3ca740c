import { objectsOf, stringOf } from "../json-value.js";

/** The text of a content value: a string, or parts with `text` (any wire), joined by line ends. */
export function contentText(content: unknown): string {
  if (typeof content === "string") return content;
  return objectsOf(content)
    .map((part) => stringOf(part.text))
    .filter((text) => text !== "")
    .join("\n");
}
