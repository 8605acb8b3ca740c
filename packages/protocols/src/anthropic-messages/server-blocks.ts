import type { JsonObject } from "@copilot-llm/model";
import { readText } from "../codec/read-text.js";

/** True for a call that the service ran itself. Its result stands beside it. */
export function isServerCall({ type }: JsonObject): boolean {
  return type === "server_tool_use" || type === "mcp_tool_use";
}

/** True for what a tool found that the service ran itself: `web_search_tool_result` and its like, not `tool_result`. */
export function isServerResult({ type }: JsonObject): boolean {
  return typeof type === "string" && type.endsWith("_tool_result");
}

/** The words of what such a tool found; empty when it holds none. */
export function readServerWords({ content }: JsonObject): string {
  return readText(content);
}
