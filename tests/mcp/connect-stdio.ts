import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";

/** The built MCP server. */
export const mcpProgram = path.resolve(import.meta.dirname, "../../apps/mcp/dist/main.js");

export interface StdioConnection {
  readonly client: Client;
  readonly pid: number;
  /** Everything printed on stderr so far. */
  stderr(): string;
  /** Closes the client, which ends the server. */
  close(): Promise<void>;
}

/** Starts the built MCP server with these settings, and nothing of the caller's own, under the SDK's client. */
export async function connectStdio(env: Readonly<Record<string, string>>): Promise<StdioConnection> {
  const home = mkdtempSync(path.join(tmpdir(), "copilot-llm-mcp-home-"));
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [mcpProgram],
    env: { HOME: home, ...env },
    stderr: "pipe",
  });
  const printed: string[] = [];
  transport.stderr?.on("data", (chunk: Buffer) => printed.push(chunk.toString()));
  const client = new Client({ name: "e2e", version: "1.0.0" });
  await client.connect(transport);
  return {
    client,
    pid: transport.pid ?? 0,
    stderr: () => printed.join(""),
    close: async () => {
      await client.close();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
