import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

/** What stands in a gateway's place behind a proxy: it does what the test says, when the test says it. */
export interface ProxiedUpstream {
  /** `host:port`. */
  readonly host: string;
  /** The next request to `/stream`, with its answer begun; the test writes and ends it. */
  nextStream(): Promise<ServerResponse>;
  /** Headers of the latest request. */
  headers(): IncomingHttpHeaders;
}

/** `/stream` answers as the test goes on; everything else tells how many bytes of body came. It ends with the test. */
export async function startUpstream(): Promise<ProxiedUpstream> {
  let latest: IncomingHttpHeaders = {};
  const waiting: ((response: ServerResponse) => void)[] = [];
  const come: ServerResponse[] = [];
  const server = createServer((request, response) => {
    latest = request.headers;
    if (request.url === "/stream") {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
      const taker = waiting.shift();
      if (taker === undefined) come.push(response);
      else taker(response);
      return;
    }
    let bytes = 0;
    request.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    request.on("end", () => response.end(JSON.stringify({ bytes })));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    nextStream: () =>
      new Promise((resolve) => {
        const response = come.shift();
        if (response === undefined) waiting.push(resolve);
        else resolve(response);
      }),
    headers: () => latest,
  };
}
