import type { Log, Randomness } from "@copilot-llm/model";
import { createManualClock, type ManualClock } from "@copilot-llm/model/testing";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { createMcpServer } from "../create-mcp-server.js";
import type { McpBackend } from "../mcp-backend.js";

export interface ConnectedClient {
  readonly client: Client;
  readonly clock: ManualClock;
  /** What was logged as an error. */
  readonly errors: unknown[];
}

/** The SDK's own client over a server with this backend. */
export async function connectClient(backend: McpBackend, defaultModel: string | null = null): Promise<ConnectedClient> {
  const clock = createManualClock(0);
  const errors: unknown[] = [];
  const log: Log = { debug() {}, info() {}, warn() {}, error: (_message, fields) => errors.push(fields) };
  const server = createMcpServer(backend, {
    version: "1.2.3",
    defaultModel,
    maxConversationCharacters: 100_000,
    clock,
    randomness: countingRandomness(),
    log,
  });
  const client = new Client({ name: "test", version: "1.0.0" });
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(serverSide), client.connect(clientSide)]);
  return { client, clock, errors };
}

/** Different bytes at every call, the same in every run. */
export function countingRandomness(): Randomness {
  let count = 0;
  return {
    next: () => 0.5,
    bytes(length) {
      count += 1;
      return new Uint8Array(length).fill(count);
    },
  };
}
