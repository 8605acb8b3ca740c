#!/usr/bin/env bash
# ai 6.0.326 with @ai-sdk/openai 3.0.141 and @ai-sdk/openai-compatible 2.0.91 (npm), Node 20 and later.
# A chat stream that ends after some words, without a finish reason and without [DONE], is an error to the second provider and a regular
# end, finish reason "other", to the first: half an answer is kept as a whole one, and nothing is tried again. A gateway whose upstream
# breaks off must say so by an error event; to close the connection tidily is not enough.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund ai@6.0.326 @ai-sdk/openai@3.0.141 @ai-sdk/openai-compatible@2.0.91 zod@4.6.7
cat >probe.mjs <<'JS'
import { createServer } from "node:http";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { streamText } from "ai";
const chunk = { id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta: { role: "assistant", content: "Half" }, finish_reason: null }] };
const error = { error: { message: "The upstream broke off.", type: "server_error", code: null } };
const ends = { "/closed": "", "/told": `data: ${JSON.stringify(error)}\n\n` };
const server = createServer((request, response) => {
  request.resume();
  const end = ends[request.url.replace("/chat/completions", "")];
  response.writeHead(200, { "content-type": "text/event-stream", connection: "close" }).end(`data: ${JSON.stringify(chunk)}\n\n${end}`);
});
server.listen(0, "127.0.0.1", async () => {
  for (const end of Object.keys(ends)) {
    const baseURL = `http://127.0.0.1:${server.address().port}${end}`;
    const models = { openai: createOpenAI({ baseURL, apiKey: "none" }).chat("m"), "openai-compatible": createOpenAICompatible({ name: "probe", baseURL })("m") };
    for (const [name, model] of Object.entries(models)) {
      const seen = [];
      for await (const part of streamText({ model, prompt: "Hello", maxRetries: 0, onError() {} }).fullStream) {
        if (part.type === "error") seen.push("an error");
        if (part.type === "finish") seen.push(`finished with "${part.finishReason}"`);
      }
      console.log(`${end} ${name}: ${seen.join(", ")}`);
    }
  }
  server.close();
});
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
/closed openai: finished with "other"
/closed openai-compatible: an error, finished with "error"
/told openai: an error, finished with "error"
/told openai-compatible: an error, finished with "error"
TXT
echo "as stated"
