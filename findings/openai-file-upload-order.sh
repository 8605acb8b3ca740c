#!/usr/bin/env bash
# openai 6.49.0 (npm), Node 20 and later.
# files.create() writes the parts of its form in the order in which the caller named the properties, without a content-length (the request
# is chunked). The usual call names `file` first, so a server learns the purpose only behind the last byte of the file: one that wants to
# refuse a purpose before it stores hundreds of megabytes cannot, and a limit of size cannot be checked from the headers.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund openai@6.49.0
head -c 300000 /dev/zero | tr '\0' x >items.jsonl
cat >probe.mjs <<'JS'
import { createReadStream } from "node:fs";
import { createServer } from "node:http";
import OpenAI from "openai";
const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks).toString("latin1");
    const names = [...body.matchAll(/form-data; name="([^"]+)"/g)].map(([, name]) => name);
    console.log(names.join(" then "), "| content-length:", request.headers["content-length"] ?? "none", "|", request.headers["transfer-encoding"]);
    response.setHeader("content-type", "application/json").end(JSON.stringify({ id: "file-1" }));
  });
});
server.listen(0, "127.0.0.1", async () => {
  const client = new OpenAI({ baseURL: `http://127.0.0.1:${server.address().port}/v1`, apiKey: "none", maxRetries: 0 });
  await client.files.create({ file: createReadStream("items.jsonl"), purpose: "batch" });
  await client.files.create({ purpose: "batch", file: createReadStream("items.jsonl") });
  server.close();
});
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
file then purpose | content-length: none | chunked
purpose then file | content-length: none | chunked
TXT
echo "as stated"
