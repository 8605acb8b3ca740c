import { createServer, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { SettingError } from "../env/setting-error.js";
import { Connections } from "./connections.js";
import type { ServerListeners } from "./server-listeners.js";

/** Longer than any reverse proxy keeps an idle connection, so that it is the proxy that closes first. */
const keepAliveTimeoutMs = 75_000;

/** For an answer that was cut short to say so, and to be recorded. */
const longestLastWordsMs = 2_000;

/** A body may take as long as it keeps coming: whoever reads it sees to that. */
const serverOptions = {
  requestTimeout: 0,
  headersTimeout: 30_000,
  connectionsCheckingInterval: 10_000,
  maxHeaderSize: 16 * 1024,
  // Node would answer without a word.
  requireHostHeader: false,
} as const;

export interface HttpServer {
  readonly host: string;
  readonly port: number;
  /**
   * Takes no new connections and waits for requests under way. Shortly before `drainTimeoutMs` it calls `endAnswers`, so
   * that those that are left can end in words, and after it cuts what does not. Resolves when every connection is closed.
   */
  drain(drainTimeoutMs: number, endAnswers: () => void): Promise<void>;
}

/** Binds and listens. Rejects with a `SettingError` when the address cannot be bound. */
export async function startHttpServer(listeners: ServerListeners, host: string, port: number): Promise<HttpServer> {
  const server = createServer(serverOptions, listeners.request);
  server.on("checkExpectation", listeners.expectation);
  const connections = new Connections(server);
  listenForMalformed(server, listeners, connections);
  server.keepAliveTimeout = keepAliveTimeoutMs;
  await new Promise<void>((resolve, reject) => {
    const refuse = (error: NodeJS.ErrnoException): void => reject(describeListenFailure(error, host, port));
    server.once("error", refuse);
    server.listen(port, host, () => {
      server.off("error", refuse);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  return {
    host: address.address,
    port: address.port,
    drain: (drainTimeoutMs, endAnswers) =>
      new Promise((resolve) => {
        const lastWordsMs = Math.min(longestLastWordsMs, drainTimeoutMs / 4);
        const end = setTimeout(endAnswers, drainTimeoutMs - lastWordsMs);
        const cut = setTimeout(() => server.closeAllConnections(), drainTimeoutMs);
        server.close(() => {
          clearTimeout(end);
          clearTimeout(cut);
          resolve();
        });
        connections.closeWhenIdle();
      }),
  };
}

/** Each connection is refused once: what comes behind the first fault is none of its own. */
function listenForMalformed(server: Server, { malformed }: ServerListeners, connections: Connections): void {
  const refused = new WeakSet<Socket>();
  server.on("clientError", (error: NodeJS.ErrnoException, stream) => {
    const socket = stream as Socket;
    if (refused.has(socket)) return;
    refused.add(socket);
    malformed(error, socket, connections.isAnswering(socket));
  });
}

function describeListenFailure(error: NodeJS.ErrnoException, host: string, port: number): SettingError {
  if (error.code === "EADDRINUSE")
    return new SettingError("PORT", String(port), `another program listens on ${host}:${port}`);
  if (error.code === "EACCES")
    return new SettingError("PORT", String(port), "this user may not bind it; give one above 1023");
  return new SettingError("HOST", host, `give an address of this machine (${error.code ?? error.message})`);
}
