import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type Clock, GatewayError, utcDate } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import type { LowdbStores } from "@copilot-llm/stores/lowdb";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import { actorOf } from "../../auth/actor-of.js";
import type { AdminApp } from "../route/admin-app.js";
import { refuseHead } from "../route/refuse-head.js";
import type { RouteFactory } from "../route/route-factory.js";
import { downloadBackup } from "./operations.js";

export type CreateBackup = LowdbStores["backup"];

export interface BackupRouteOptions {
  readonly provider: Pick<Provider, "audit">;
  /** Null: the stores are a database, which has its own means. */
  readonly createBackup: CreateBackup | null;
  readonly clock: Clock;
}

/** Everything in one archive, while the gateway serves. */
export function addBackupRoutes(app: AdminApp, route: RouteFactory, options: BackupRouteOptions): void {
  const { provider, createBackup, clock } = options;
  app.openapi(route(downloadBackup), async (context) => {
    refuseHead(context);
    if (createBackup === null) {
      throw new GatewayError("conflict", "This gateway keeps its data in PostgreSQL: back it up with pg_dump.");
    }
    const withEncryptionKey = context.req.valid("query").encryption_key === "include";
    await provider.audit.record(actorOf(context), "backup.create", null, {
      encryption_key: withEncryptionKey,
    });
    const { outgoing } = context.env;
    outgoing.writeHead(200, {
      ...context.get("exchange").answerHeaders,
      "content-type": "application/x-tar",
      "content-disposition": `attachment; filename="copilot-llm-${utcDate(clock.nowMs())}.tar"`,
      "cache-control": "no-store",
      "x-request-id": context.get("exchange").requestId,
    });
    // Whoever sees the connection cut knows that the archive is not whole.
    await pipeline(Readable.from(createBackup({ withEncryptionKey })), outgoing).catch((error: unknown) => {
      context.get("exchange").logEntry.add({ error });
    });
    return RESPONSE_ALREADY_SENT;
  });
}
