#!/usr/bin/env bash
# openai 6.49.0 with zod 4.6.7 (npm), Node 20 and later.
# chat.completions.stream() with a response format made by zodResponseFormat() parses the whole answer so far again at every chunk: four
# times the answer costs about sixteen times the CPU (an answer of 90 kB in small chunks kept a core busy for 11 s here). Without the
# format, or when the format is given as plain JSON Schema, the cost grows with the answer. So the helper makes a quick server look slow.
set -euo pipefail
folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; cd "$folder"
npm init -y >/dev/null; npm install --silent --no-audit --no-fund openai@6.49.0 zod@4.6.7
cat >probe.mjs <<'JS'
import OpenAI from "openai";
import { zodResponseFormat } from "openai/helpers/zod";
import { z } from "zod";
const bytes = new TextEncoder();
const event = (delta, finish_reason = null) =>
  `data: ${JSON.stringify({ id: "c", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, delta, finish_reason }] })}\n\n`;
function answerOf(words) {
  const text = JSON.stringify({ items: Array.from({ length: words }, (_, index) => `word${index}`) });
  const events = [event({ role: "assistant", content: "" }), ...text.match(/.{1,8}/g).map((content) => event({ content })), event({}, "stop"), "data: [DONE]\n\n"];
  const body = new ReadableStream({
    pull: (controller) => (events.length === 0 ? controller.close() : controller.enqueue(bytes.encode(events.shift()))),
  });
  return new Response(body, { headers: { "content-type": "text/event-stream" } });
}
async function cpuMs(words, format) {
  const client = new OpenAI({ apiKey: "none", baseURL: "http://127.0.0.1/v1", fetch: async () => answerOf(words) });
  const begun = process.cpuUsage();
  await client.chat.completions.stream({ model: "m", messages: [{ role: "user", content: "List." }], ...format }).finalChatCompletion();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
}
const zod = zodResponseFormat(z.object({ items: z.array(z.string()) }), "list");
const plain = { type: "json_schema", json_schema: zod.json_schema };
for (const [name, format] of [["zod", { response_format: zod }], ["plain schema", { response_format: plain }], ["no format", {}]]) {
  await cpuMs(500, format);
  const growth = (await cpuMs(6_000, format)) / (await cpuMs(1_500, format));
  console.log(`${name}: four times the answer costs ${growth > 9 ? "more" : "less"} than nine times the CPU`);
}
JS
node probe.mjs | tee seen.txt
diff - seen.txt <<'TXT'
zod: four times the answer costs more than nine times the CPU
plain schema: four times the answer costs less than nine times the CPU
no format: four times the answer costs less than nine times the CPU
TXT
echo "as stated"
