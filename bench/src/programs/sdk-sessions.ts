import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { CopilotClient, RuntimeConnection } from "@github/copilot-sdk";
import { benchAccounts, chatModel } from "../accounts.js";
import { endWithParent, reportListening } from "../child-channel.js";
import { readBody } from "../forward.js";

/* Serves each request by an SDK session of its own, as gateways without a data plane do. */

interface ChatRequest {
  readonly messages: readonly { readonly content: string }[];
}

const [upstream = ""] = process.argv.slice(2);
const directory = mkdtempSync(path.join(tmpdir(), "copilot-llm-bench-sdk-"));
const [account] = benchAccounts;
const client = new CopilotClient({
  mode: "empty",
  baseDirectory: directory,
  workingDirectory: directory,
  useLoggedInUser: false,
  logLevel: "error",
  connection: RuntimeConnection.forStdio({
    env: {
      PATH: process.env.PATH ?? "",
      HOME: directory,
      COPILOT_API_URL: upstream,
      COPILOT_DEBUG_GITHUB_API_URL: upstream,
    },
  }),
});
await client.start();

const server = createServer((incoming, outgoing) => {
  void readBody(incoming)
    .then((body) => serve(promptOf(JSON.parse(body.toString()) as ChatRequest), outgoing))
    .catch((error: unknown) => outgoing.writeHead(502).end(String(error)));
});
server.listen(0, "127.0.0.1", () => reportListening(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
process.on("exit", () => rmSync(directory, { recursive: true, force: true }));
endWithParent();

async function serve(prompt: string, outgoing: ServerResponse): Promise<void> {
  const session = await client.createSession({
    model: chatModel,
    streaming: true,
    availableTools: [],
    ...(account === undefined ? {} : { gitHubToken: account.token }),
  });
  outgoing.writeHead(200, { "content-type": "text/event-stream" });
  session.on("assistant.message_delta", (event) => {
    const choices = [{ index: 0, delta: { content: event.data.deltaContent }, finish_reason: null }];
    outgoing.write(`data: ${JSON.stringify({ object: "chat.completion.chunk", model: chatModel, choices })}\n\n`);
  });
  await session.sendAndWait({ prompt });
  outgoing.end("data: [DONE]\n\n");
  await session.disconnect();
}

function promptOf({ messages }: ChatRequest): string {
  return messages.at(-1)?.content ?? "";
}
