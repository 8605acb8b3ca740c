import type { IncomingMessage, ServerResponse } from "node:http";
import { type Dispatcher, Pool } from "undici";

/** Paths of the proxies as their clients call them, and where they go. */
export const forwardedPaths: Readonly<Record<string, string>> = {
  "/v1/chat/completions": "/chat/completions",
  "/v1/messages": "/v1/messages",
  "/v1/responses": "/responses",
};

export function createUpstreamPool(origin: string): Pool {
  return new Pool(origin, { connections: null, pipelining: 1, keepAliveTimeout: 60_000 });
}

export async function readBody(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Sends the body on and writes the answer as it comes, with backpressure and abort: what any proxy has to do at least. */
export function forward(pool: Pool, path: string, body: Uint8Array, outgoing: ServerResponse): void {
  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(controller) {
      outgoing.on("close", () => {
        if (!outgoing.writableFinished) controller.abort(new Error("The client hung up."));
      });
      outgoing.on("drain", () => controller.resume());
    },
    onResponseStart(_controller, status, headers) {
      for (const name of ["content-type", "content-length"]) {
        const value = headers[name];
        if (value !== undefined) outgoing.setHeader(name, value);
      }
      outgoing.writeHead(status);
    },
    onResponseData(controller, chunk) {
      if (!outgoing.write(chunk)) controller.pause();
    },
    onResponseEnd: () => outgoing.end(),
    onResponseError: () => outgoing.destroy(),
  };
  pool.dispatch({ method: "POST", path, headers: { "content-type": "application/json" }, body }, handler);
}
