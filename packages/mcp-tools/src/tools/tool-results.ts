import type { Log } from "@copilot-llm/model";
import type { CallToolResult } from "@modelcontextprotocol/sdk/types.js";
import { describeError } from "./describe-error.js";

/** A successful result: readable paragraphs, and the same as data. */
export function encodeResult(texts: readonly string[], structuredContent: Record<string, unknown>): CallToolResult {
  return { content: texts.map((text) => ({ type: "text", text })), structuredContent };
}

/** A failure that the client's model can read and act on. */
export function encodeFailure(...texts: readonly string[]): CallToolResult {
  return { content: texts.map((text) => ({ type: "text", text })), isError: true };
}

/** Runs a call; whatever it throws becomes a failure that its client can read. */
export async function answerCall(log: Log, call: () => Promise<CallToolResult>): Promise<CallToolResult> {
  try {
    return await call();
  } catch (error) {
    return encodeFailure(describeError(error, log));
  }
}
