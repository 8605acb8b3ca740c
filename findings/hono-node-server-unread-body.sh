#!/usr/bin/env bash
# @hono/node-server 2.1.8 with hono 4.13.19 (npm), Node 20 and later.
# A handler that answers without reading the request's body (a 401, a 413) gets the body drained by the adapter, for 500 ms at most; then the
# whole connection is closed. A client that is still uploading has its answer already, but a pooled keep-alive connection is cut under it,
# and a slow upload sees a reset where plain node:http goes on reading. `autoCleanupIncoming: false` switches it off whole; nothing changes the time.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund @hono/node-server@2.1.8 hono@4.13.19
cat >probe.mjs <<'JS'
import { once } from "node:events";
import { createServer } from "node:http";
import { connect } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
const app = new Hono();
app.post("/", (c) => c.text("no", 401));
const withHono = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
const plain = createServer((_, answer) => answer.writeHead(401).end("no"));
plain.listen(0, "127.0.0.1");
for (const [name, server] of [["node:http", plain], ["@hono/node-server", withHono]]) {
  if (!server.listening) await once(server, "listening");
  const socket = connect(server.address().port, "127.0.0.1");
  socket.on("error", () => {});
  let text = "";
  socket.on("data", (data) => { text += data; });
  // An upload of ten bytes, of which five are to come later.
  socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n\r\n12345");
  const closed = once(socket, "close").then(() => "closed");
  const end = await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 3000, "open after 3 s"))]);
  console.log(`${name}: answered ${text.slice(9, 12)}, ${end}`);
  socket.destroy(); server.close();
}
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
node:http: answered 401, open after 3 s
@hono/node-server: answered 401, closed
TXT
echo "as stated"
