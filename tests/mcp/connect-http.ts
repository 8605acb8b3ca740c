import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";

export interface HttpConnection {
  readonly client: Client;
  readonly transport: StreamableHTTPClientTransport;
}

/** The SDK's client on a gateway's `/mcp`, with a key. */
export async function connectHttp(gatewayUrl: string, key: string): Promise<HttpConnection> {
  const transport = new StreamableHTTPClientTransport(new URL("/mcp", gatewayUrl), {
    requestInit: { headers: { authorization: `Bearer ${key}` } },
  });
  const client = new Client({ name: "e2e", version: "1.0.0" });
  await client.connect(transport as Transport);
  return { client, transport };
}
