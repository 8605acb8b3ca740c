import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import * as z from "zod";
import type { McpBackend } from "../mcp-backend.js";
import type { McpServerOptions } from "../mcp-server-options.js";
import { describeModel } from "../models/describe-model.js";
import { catalogueSchema } from "../models/model-schema.js";
import { readCatalogue } from "../models/read-catalogue.js";
import { answerCall, encodeResult } from "./tool-results.js";

/** Registers `list_models`. */
export function registerListModelsTool(server: McpServer, backend: McpBackend, options: McpServerOptions): void {
  server.registerTool(
    "list_models",
    {
      title: "List Copilot models",
      description: "Lists the models that the chat tool can ask, with price, context window and capabilities.",
      inputSchema: z.strictObject({}),
      outputSchema: catalogueSchema,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    },
    (_input, { signal }) =>
      answerCall(options.log, async () => {
        const catalogue = await readCatalogue(backend, options.defaultModel, signal);
        const lines = catalogue.models.map((model) => describeModel(model, catalogue.default_model));
        return encodeResult(
          [lines.length === 0 ? "There are no models that you may use." : lines.join("\n")],
          catalogue,
        );
      }),
  );
}
