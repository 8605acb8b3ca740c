#!/usr/bin/env bash
# @modelcontextprotocol/sdk 1.32.2 with zod 4.6.7 (npm), Node 20 and later.
# McpServer.registerTool() takes an input schema with z.date() or z.bigint() without a word, and a call of the tool works. But tools/list
# then fails as a whole, for every tool of the server: the schema is translated only when a client asks, and one that has no form in JSON
# Schema ends the answer. A client that begins with the list, as they do, sees a server without tools.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund @modelcontextprotocol/sdk@1.32.2 zod@4.6.7
cat >probe.mjs <<'JS'
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { z } from "zod";
const text = (value) => ({ content: [{ type: "text", text: value }] });
for (const [name, since] of Object.entries({ string: z.string(), date: z.coerce.date(), bigint: z.coerce.bigint() })) {
  const server = new McpServer({ name: "calendar", version: "1.0.0" });
  server.registerTool("today", {}, () => text("Monday"));
  server.registerTool("events", { inputSchema: { since } }, () => text("none"));
  const client = new Client({ name: "probe", version: "1.0.0" });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(far), client.connect(near)]);
  const list = await client.listTools().then(({ tools }) => `${tools.length} tools`, ({ message }) => message);
  const call = await client.callTool({ name: "events", arguments: { since: "1" } });
  console.log(`${name}: listed ${list}; called: ${call.content[0].text}`);
}
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
string: listed 2 tools; called: none
date: listed MCP error -32603: Date cannot be represented in JSON Schema; called: none
bigint: listed MCP error -32603: BigInt cannot be represented in JSON Schema; called: none
TXT
echo "as stated"
