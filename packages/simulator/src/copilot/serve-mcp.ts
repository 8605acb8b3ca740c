import type { Exchange } from "../http/exchange.js";
import { isJsonObject, stringOf } from "../json-value.js";

const methodNotFound = -32601;

/** An MCP server without tools, as far as the SDK runtime asks for one. */
export function serveMcp(exchange: Exchange): boolean {
  const message = exchange.json();
  if (exchange.method !== "POST" || message === undefined) return false;
  if (message.id === undefined) {
    exchange.sendText(202, "");
    return true;
  }
  const answer = (result: unknown): void => exchange.sendJson(200, { jsonrpc: "2.0", id: message.id, result });
  switch (message.method) {
    case "initialize": {
      const params = isJsonObject(message.params) ? message.params : {};
      answer({
        protocolVersion: stringOf(params.protocolVersion) || "2025-06-18",
        capabilities: { tools: {} },
        serverInfo: { name: "simulated-copilot-mcp", version: "1.0.0" },
      });
      break;
    }
    case "tools/list":
      answer({ tools: [] });
      break;
    case "ping":
      answer({});
      break;
    default:
      exchange.sendJson(200, {
        jsonrpc: "2.0",
        id: message.id,
        error: { code: methodNotFound, message: "Method not found" },
      });
  }
  return true;
}
