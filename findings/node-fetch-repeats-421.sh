#!/usr/bin/env bash
# Node 20.20's built-in fetch and undici 6 and 7 (npm), HTTP/1.1.
# 421 Misdirected Request lets a client repeat a request over another connection. fetch() does so by itself, once, for any method, with a
# body that can be sent again: one fetch() of a POST is two POSTs at the server, and the caller sees the second answer only. Whoever counts
# or bills requests at the server counts two. undici.request() sends one.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund undici@7.16.0
cat >probe.mjs <<'JS'
import { createServer } from "node:http";
import { once } from "node:events";
import { fetch as undiciFetch, request } from "undici";
let count = 0;
const server = createServer((incoming, answer) => { count += 1; incoming.resume().on("end", () => answer.writeHead(421).end("{}")); });
await once(server.listen(0, "127.0.0.1"), "listening");
const url = `http://127.0.0.1:${server.address().port}/`;
const body = JSON.stringify({ a: 1 });
const tell = async (name, send) => { count = 0; const status = await send(); console.log(name, status, `${count} at the server`); };
await tell("built-in fetch", async () => (await fetch(url, { method: "POST", body })).status);
await tell("undici fetch", async () => (await undiciFetch(url, { method: "POST", body })).status);
await tell("undici request", async () => { const answer = await request(url, { method: "POST", body }); await answer.body.dump(); return answer.statusCode; });
server.close(); server.closeAllConnections();
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
built-in fetch 421 2 at the server
undici fetch 421 2 at the server
undici request 421 1 at the server
TXT
echo "as stated"
