#!/usr/bin/env bash
# openai 6.49.0 (npm), Node 20 and later.
# A 429 that asks to wait for 30 days (what a monthly quota has left) is repeated within milliseconds, until the retries are used up: the
# wait is handed to a timer whose longest is 24.8 days, and a longer one fires at once. So is one whose Retry-After is a date that has
# just passed. Without the header the client backs off for half a second and more; with a wait of days it would have been better off.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund openai@6.49.0
cat >probe.mjs <<'JS'
import { createServer } from "node:http";
import OpenAI from "openai";
const waits = { "/thirty-days": () => `${30 * 86_400}`, "/just-passed": () => new Date(Date.now() - 60_000).toUTCString(), "/none": () => null };
let askedAtMs = [];
const server = createServer((request, response) => {
  askedAtMs.push(performance.now());
  const wait = waits[request.url.replace("/models", "")]();
  response.writeHead(429, wait === null ? {} : { "retry-after": wait }).end("{}");
});
server.listen(0, "127.0.0.1", async () => {
  for (const name of Object.keys(waits)) {
    askedAtMs = [];
    const client = new OpenAI({ baseURL: `http://127.0.0.1:${server.address().port}${name}`, apiKey: "none", maxRetries: 1 });
    await client.models.list().catch(() => {});
    const [first, second] = askedAtMs;
    console.log(`${name}: asked ${askedAtMs.length} times, ${second - first < 350 ? "at once" : "after a pause"}`);
  }
  server.close();
});
JS
node --no-warnings probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
/thirty-days: asked 2 times, at once
/just-passed: asked 2 times, at once
/none: asked 2 times, after a pause
TXT
echo "as stated"
