#!/usr/bin/env bash
# @anthropic-ai/sdk 1.12.0 (npm), Node 20 and later.
# A streamed answer that is cut between two events (the connection ends properly, without message_stop) is an error in one of three ways to
# read it. `messages.create({stream: true})` and iterating over `messages.stream()` end as if all had come; only `finalMessage()`
# rejects. An answer of status 200 without any event is a quiet end for `create`, an error for the two others. A gateway must therefore
# send an `error` event of its own before it closes a stream that its upstream has cut, or half an answer passes for a whole one.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund @anthropic-ai/sdk@1.12.0
cat >probe.mjs <<'JS'
import { once } from "node:events";
import { createServer } from "node:http";
import Anthropic from "@anthropic-ai/sdk";

const event = (type, data) => `event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`;
const message = { id: "msg_1", type: "message", role: "assistant", model: "m", content: [], stop_reason: null };
const begun =
  event("message_start", { message: { ...message, stop_sequence: null, usage: { input_tokens: 1, output_tokens: 0 } } }) +
  event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }) +
  event("content_block_delta", { index: 0, delta: { type: "text_delta", text: "Half of the" } });

let answer = "";
const server = createServer((incoming, outgoing) => {
  incoming.resume();
  outgoing.writeHead(200, { "content-type": "text/event-stream" }).end(answer);
}).listen(0, "127.0.0.1");
await once(server, "listening");
const client = new Anthropic({ apiKey: "k", baseURL: `http://127.0.0.1:${server.address().port}`, maxRetries: 0 });
const question = { model: "m", max_tokens: 9, messages: [{ role: "user", content: "Hello" }] };

const readers = {
  "create, iterated": async () => {
    for await (const _ of await client.messages.create({ ...question, stream: true }));
  },
  "stream, iterated": async () => {
    for await (const _ of client.messages.stream(question));
  },
  "stream, finalMessage": () => client.messages.stream(question).finalMessage(),
};
for (const [name, body] of [["cut", begun], ["empty", ""]]) {
  answer = body;
  for (const [way, read] of Object.entries(readers)) {
    const end = await read().then(() => "ends quietly", () => "throws");
    console.log(`${name}: ${way}: ${end}`);
  }
}
server.closeAllConnections();
server.close();
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
cut: create, iterated: ends quietly
cut: stream, iterated: ends quietly
cut: stream, finalMessage: throws
empty: create, iterated: ends quietly
empty: stream, iterated: throws
empty: stream, finalMessage: throws
TXT
echo "as stated"
