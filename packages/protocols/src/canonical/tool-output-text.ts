import type { TextPart, ToolResultPart } from "./part.js";

/** The result's text on wires that have no error mark: an error says so itself, once. */
export function encodeErrorMark(result: ToolResultPart): string {
  const first = result.output.find((part): part is TextPart => part.type === "text")?.text ?? "";
  return result.isError && !/^\W*error/i.test(first) ? "Error: " : "";
}
