#!/usr/bin/env bash
# ai 6.0.326 with @ai-sdk/openai-compatible 2.0.91 (npm), Node 20 and later.
# The AI SDK waits as long as Retry-After says only below a minute. A server that says 60 is asked again after two seconds, its usual first
# pause, so that all retries are spent long before the limit has passed: a limit per minute that is told truly fails, one told as 59 works.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund ai@6.0.326 @ai-sdk/openai-compatible@2.0.91 zod@4.6.7
cat >probe.mjs <<'JS'
import { createServer } from "node:http";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { generateText } from "ai";
let askedAtMs = [];
const server = createServer((request, response) => {
  askedAtMs.push(performance.now());
  const [, seconds] = request.url.split("/");
  response.writeHead(429, { "content-type": "application/json", "retry-after": seconds }).end('{"error":{"message":"later"}}');
});
server.listen(0, "127.0.0.1", async () => {
  for (const seconds of [5, 60]) {
    askedAtMs = [];
    const provider = createOpenAICompatible({ name: "probe", baseURL: `http://127.0.0.1:${server.address().port}/${seconds}` });
    await generateText({ model: provider("any"), prompt: "Hello", maxRetries: 1 }).catch(() => {});
    const [first, second] = askedAtMs;
    console.log(`Retry-After ${seconds}: asked again after ${second - first < 4_500 ? "less than" : "at least"} 4.5 seconds`);
  }
  server.close();
});
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
Retry-After 5: asked again after at least 4.5 seconds
Retry-After 60: asked again after less than 4.5 seconds
TXT
echo "as stated"
