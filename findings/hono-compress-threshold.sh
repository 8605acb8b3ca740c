#!/usr/bin/env bash
# hono 4.13.19 with @hono/node-server 2.x (npm), Node 20 and later.
# compress({ threshold: 1024 }) reads as "leave answers below 1,024 bytes alone". The threshold is compared with the content-length header
# alone, and c.json() and c.text() set none before the middleware looks: an answer of 2 bytes is compressed, and grows.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund hono@4.13.19
cat >probe.mjs <<'JS'
import { Hono } from "hono";
import { compress } from "hono/compress";
const app = new Hono();
app.use(compress({ threshold: 1024 }));
app.get("/plain", (c) => c.text("ok"));
app.get("/told", (c) => c.body("ok", 200, { "content-type": "text/plain", "content-length": "2" }));
for (const path of ["/plain", "/told"]) {
  const response = await app.request(path, { headers: { "accept-encoding": "gzip" } });
  const bytes = (await response.arrayBuffer()).byteLength;
  console.log(path, response.headers.get("content-encoding"), bytes > 2 ? "more than 2 bytes" : `${bytes} bytes`);
}
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
/plain gzip more than 2 bytes
/told null 2 bytes
TXT
echo "as stated"
