import type { ToolCall } from "./conversation";

export interface AnswerUsage {
  input: number;
  cached: number;
  output: number;
  reasoning: number;
}

/** An answer as far as it has come. */
export interface Answer {
  text: string;
  reasoning: string;
  toolCalls: ToolCall[];
  refusal: string;
  /** Why it ended, in the API's own word; null while it has not. */
  finish: string | null;
  usage: AnswerUsage | null;
  error: { code: string; message: string } | null;
  /** The answer's parts in the API's own form, to be sent back. */
  native: unknown[];
}

export function createAnswer(): Answer {
  return { text: "", reasoning: "", toolCalls: [], refusal: "", finish: null, usage: null, error: null, native: [] };
}

export type Json = Record<string, unknown>;

export function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function objectOf(value: unknown): Json {
  return isJson(value) ? value : {};
}

export function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

export function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

export function numberOf(value: unknown): number {
  return typeof value === "number" ? value : 0;
}

/** An error as any of the APIs tells it. */
export function readError(value: unknown): Answer["error"] {
  const error = objectOf(value);
  return {
    code: textOf(error.code) || textOf(error.type) || "error",
    message: textOf(error.message) || "The answer ended with an error.",
  };
}
