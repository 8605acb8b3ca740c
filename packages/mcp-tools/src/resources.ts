import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { ErrorCode, McpError } from "@modelcontextprotocol/sdk/types.js";
import type { McpBackend } from "./mcp-backend.js";
import type { McpServerOptions } from "./mcp-server-options.js";
import { readCatalogue } from "./models/read-catalogue.js";
import { describeError } from "./tools/describe-error.js";

const mimeType = "application/json";

interface JsonResource {
  readonly name: string;
  readonly uri: string;
  readonly title: string;
  readonly description: string;
  readonly read: (signal: AbortSignal) => Promise<unknown>;
}

/** Registers `models://catalog` and `quota://pool`. */
export function registerResources(server: McpServer, backend: McpBackend, options: McpServerOptions): void {
  const resources: readonly JsonResource[] = [
    {
      name: "catalog",
      uri: "models://catalog",
      title: "Copilot models",
      description: "The models that the chat tool can ask, as list_models returns them",
      read: (signal) => readCatalogue(backend, options.defaultModel, signal),
    },
    {
      name: "pool",
      uri: "quota://pool",
      title: "Copilot quota",
      description: "What is left of the Copilot quota, as get_quota returns it",
      read: (signal) => backend.quota(signal),
    },
  ];
  for (const { name, uri, title, description, read } of resources) {
    server.registerResource(name, uri, { title, description, mimeType }, async (_uri, { signal }) => {
      try {
        return { contents: [{ uri, mimeType, text: JSON.stringify(await read(signal), null, 2) }] };
      } catch (error) {
        throw new McpError(ErrorCode.InternalError, describeError(error, options.log));
      }
    });
  }
}
