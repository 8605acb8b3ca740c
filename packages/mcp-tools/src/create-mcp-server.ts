import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import type { McpBackend } from "./mcp-backend.js";
import type { McpServerOptions } from "./mcp-server-options.js";
import { registerPrompts } from "./prompts.js";
import { registerResources } from "./resources.js";
import { registerChatTool } from "./tools/chat-tool.js";
import { registerGetQuotaTool } from "./tools/get-quota-tool.js";
import { registerListModelsTool } from "./tools/list-models-tool.js";

const instructions =
  "Asks the models of a GitHub Copilot subscription. list_models says which there are, chat asks one, get_quota shows what is left.";

/**
 * The MCP server with every tool, resource and prompt, for one client on one transport. It lists them without asking
 * the backend anything.
 */
export function createMcpServer(backend: McpBackend, options: McpServerOptions): McpServer {
  const server = new McpServer(
    { name: "copilot-llm", title: "Copilot LLM Provider", version: options.version },
    { instructions },
  );
  registerChatTool(server, backend, options);
  registerListModelsTool(server, backend, options);
  registerGetQuotaTool(server, backend, options);
  registerResources(server, backend, options);
  registerPrompts(server, backend);
  return server;
}
