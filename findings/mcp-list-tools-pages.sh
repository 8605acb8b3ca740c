#!/usr/bin/env bash
# @modelcontextprotocol/sdk 1.32.2 (npm), Node 20 and later.
# The client checks a tool's structured result against the tool's outputSchema, but only for tools on the page of tools/list that it asked
# for last: each page replaces what was kept of the one before. Of a server with more than one page, what the first page's tools return is
# handed on unchecked once the second has been read.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund @modelcontextprotocol/sdk@1.32.2
cat >probe.mjs <<'JS'
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import { CallToolRequestSchema, ListToolsRequestSchema } from "@modelcontextprotocol/sdk/types.js";
const outputSchema = { type: "object", properties: { degrees: { type: "number" } }, required: ["degrees"] };
const tool = (name) => ({ name, inputSchema: { type: "object" }, outputSchema });
const server = new Server({ name: "weather", version: "1.0.0" }, { capabilities: { tools: {} } });
server.setRequestHandler(ListToolsRequestSchema, ({ params }) =>
  params?.cursor === undefined ? { tools: [tool("inside")], nextCursor: "2" } : { tools: [tool("outside")] },
);
server.setRequestHandler(CallToolRequestSchema, () => ({ content: [], structuredContent: { degrees: "warm" } }));
const client = new Client({ name: "probe", version: "1.0.0" });
const [near, far] = InMemoryTransport.createLinkedPair();
await Promise.all([server.connect(far), client.connect(near)]);
const call = (name) => client.callTool({ name, arguments: {} }).then(() => "handed on", () => "refused");
const { nextCursor } = await client.listTools();
console.log(`one page read: inside ${await call("inside")}`);
await client.listTools({ cursor: nextCursor });
console.log(`both pages read: inside ${await call("inside")}, outside ${await call("outside")}`);
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
one page read: inside refused
both pages read: inside handed on, outside refused
TXT
echo "as stated"
