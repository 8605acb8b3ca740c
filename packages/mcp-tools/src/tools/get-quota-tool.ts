import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import * as z from "zod";
import type { McpBackend } from "../mcp-backend.js";
import type { McpServerOptions } from "../mcp-server-options.js";
import { describeQuota } from "../quota/describe-quota.js";
import { quotaSchema } from "../quota/quota-schema.js";
import { answerCall, encodeResult } from "./tool-results.js";

/** Registers `get_quota`. */
export function registerGetQuotaTool(server: McpServer, backend: McpBackend, options: McpServerOptions): void {
  server.registerTool(
    "get_quota",
    {
      title: "Show Copilot quota",
      description: "Shows how much Copilot quota is left and when it resets, and how far an API key's limits are used.",
      inputSchema: z.strictObject({}),
      outputSchema: quotaSchema,
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: true },
    },
    (_input, { signal }) =>
      answerCall(options.log, async () => {
        const quota = await backend.quota(signal);
        return encodeResult([describeQuota(quota)], quota);
      }),
  );
}
