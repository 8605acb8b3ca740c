#!/usr/bin/env bash
# openai 6.49.0 (npm), Node 20 and later.
# `status` of a file object is marked deprecated, so a server may think it can leave it out. files.waitForProcessing() knows nothing else:
# of a file without it, it asks again and again until its own patience ends (half an hour unless told otherwise), then says that the
# connection timed out, although every answer came at once.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund openai@6.49.0
cat >probe.mjs <<'JS'
import { createServer } from "node:http";
import OpenAI from "openai";
let asked = 0;
const file = { id: "file-1", object: "file", bytes: 1, created_at: 1, filename: "items.jsonl", purpose: "batch" };
const server = createServer((request, response) => {
  asked += 1;
  const body = request.url.endsWith("/with") ? { ...file, status: "processed" } : file;
  response.setHeader("content-type", "application/json").end(JSON.stringify(body));
});
server.listen(0, "127.0.0.1", async () => {
  const client = new OpenAI({ baseURL: `http://127.0.0.1:${server.address().port}/v1`, apiKey: "none", maxRetries: 0 });
  for (const id of ["with", "without"]) {
    asked = 0;
    const end = await client.files.waitForProcessing(id, { pollInterval: 5, maxWait: 200 }).then(() => "returned", (error) => error.constructor.name);
    console.log(`${id} status: ${end} after ${asked === 1 ? "one question" : "many questions"}`);
  }
  server.close();
});
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
with status: returned after one question
without status: APIConnectionTimeoutError after many questions
TXT
echo "as stated"
