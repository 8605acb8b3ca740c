import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Dispatcher } from "undici";
import { endWithParent, reportListening } from "../child-channel.js";
import { createUpstreamPool, readBody } from "../forward.js";

/*
 * The least that a translator can be: Messages in, Chat Completions out, text only, one JSON.parse per chunk. It leaves
 * out most of both protocols, and is a yardstick only.
 */

interface MessagesRequest {
  readonly model: string;
  readonly max_tokens: number;
  readonly messages: readonly unknown[];
}

interface ChatChunk {
  readonly choices: readonly { readonly delta: { readonly content?: string }; readonly finish_reason: string | null }[];
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number } | null;
}

const [upstream = ""] = process.argv.slice(2);
const pool = createUpstreamPool(upstream);

const server = createServer((incoming, outgoing) => {
  void readBody(incoming).then((body) => serve(JSON.parse(body.toString()) as MessagesRequest, outgoing));
});
server.listen(0, "127.0.0.1", () => reportListening(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
endWithParent();

function serve({ model, max_tokens, messages }: MessagesRequest, outgoing: ServerResponse): void {
  const body = JSON.stringify({ model, max_tokens, messages, stream: true, stream_options: { include_usage: true } });
  const encoder = createMessagesEncoder(model);
  let rest = "";
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart: (controller) => void outgoing.on("drain", () => controller.resume()),
    onResponseStart: (_controller, status) => void outgoing.writeHead(status, { "content-type": "text/event-stream" }),
    onResponseData(controller, chunk) {
      const lines = (rest + chunk.toString()).split("\n");
      rest = lines.pop() ?? "";
      const events = lines.filter((line) => line.startsWith("data: {")).map((line) => encoder(line.slice(6)));
      const text = events.join("");
      if (text !== "" && !outgoing.write(text)) controller.pause();
    },
    onResponseEnd: () => outgoing.end(),
    onResponseError: () => outgoing.destroy(),
  };
  const headers = { "content-type": "application/json" };
  pool.dispatch({ method: "POST", path: "/chat/completions", headers, body }, handler);
}

/** Takes the chunks one after the other and makes each one's Messages events. */
function createMessagesEncoder(model: string): (data: string) => string {
  let isStarted = false;
  let isFinished = false;
  const event = (type: string, more: object) => `event: ${type}\ndata: ${JSON.stringify({ type, ...more })}\n\n`;
  const start = () => {
    isStarted = true;
    const usage = { input_tokens: 0, output_tokens: 0 };
    const message = { id: "msg_bench", type: "message", role: "assistant", model, content: [], usage };
    const block = { index: 0, content_block: { type: "text", text: "" } };
    return event("message_start", { message }) + event("content_block_start", block);
  };
  return (data) => {
    const { choices, usage } = JSON.parse(data) as ChatChunk;
    const [choice] = choices;
    const text = choice?.delta.content;
    isFinished ||= choice?.finish_reason === "stop";
    const before = isStarted ? "" : start();
    if (text) return before + event("content_block_delta", { index: 0, delta: { type: "text_delta", text } });
    if (!isFinished || !usage) return before;
    const counted = { input_tokens: usage.prompt_tokens, output_tokens: usage.completion_tokens };
    const ending = event("message_delta", { delta: { stop_reason: "end_turn", stop_sequence: null }, usage: counted });
    return before + event("content_block_stop", { index: 0 }) + ending + event("message_stop", {});
  };
}
