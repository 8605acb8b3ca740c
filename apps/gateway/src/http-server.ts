import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { AdminApp } from "./admin/admin-router.js";

/** Longer than any reverse proxy keeps an idle connection, so that it is the proxy that closes first. */
const keepAliveTimeoutMs = 75_000;

export interface HttpServer {
  readonly host: string;
  readonly port: number;
  /**
   * Takes no new connections, waits for requests under way, and cuts what is left after `drainTimeoutMs`.
   * Resolves when every connection is closed.
   */
  drain(drainTimeoutMs: number): Promise<void>;
}

/** Binds and listens. Rejects when the address cannot be bound. */
export async function startHttpServer(app: AdminApp, host: string, port: number): Promise<HttpServer> {
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  server.keepAliveTimeout = keepAliveTimeoutMs;
  server.headersTimeout = keepAliveTimeoutMs + 5_000;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const address = server.address() as AddressInfo;
  return {
    host: address.address,
    port: address.port,
    drain: (drainTimeoutMs) =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), drainTimeoutMs);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}
