import type { ToolKind } from "./part.js";

/** A call's input as the wire gave it; models give none at all to functions without parameters, which is the empty object. */
export function fitInput(kind: ToolKind, input: string | null): string {
  return kind === "function" && (input === null || input.trim() === "") ? "{}" : (input ?? "");
}
