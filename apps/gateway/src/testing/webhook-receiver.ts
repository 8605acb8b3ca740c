import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

export interface ReceivedWebhook {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A server that takes webhooks; `answer` says with what status, by how many came before. Ends with the test. */
export async function startWebhookReceiver(answer: (before: number) => number = () => 204) {
  const received: ReceivedWebhook[] = [];
  const server = createServer(async (request, response) => {
    const status = answer(received.length);
    received.push({ headers: request.headers, body: await text(request) });
    response.writeHead(status, status >= 300 && status < 400 ? { location: "/elsewhere" } : {}).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}
