import { GatewayError } from "@copilot-llm/model";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { type Quota, quotaSchema } from "../quota/quota-schema.js";

/** The quota as the gateway's own `get_quota` tells it at `/mcp`: no other route shows it to a key. */
export async function readGatewayQuota(
  mcpUrl: URL,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Quota> {
  const client = new Client({ name: "copilot-llm-mcp", version: "1.0.0" });
  const transport = new StreamableHTTPClientTransport(mcpUrl, { requestInit: { headers: { ...headers } } });
  try {
    await client.connect(transport as Transport, { signal });
    const result = await client.callTool({ name: "get_quota", arguments: {} }, undefined, { signal });
    return quotaSchema.parse(result.structuredContent);
  } catch (error) {
    throw new GatewayError(
      "unavailable",
      "The gateway does not tell its quota. Check that it runs and takes the key.",
      {
        cause: error,
      },
    );
  } finally {
    await transport.terminateSession().catch(() => undefined);
    await client.close();
  }
}
