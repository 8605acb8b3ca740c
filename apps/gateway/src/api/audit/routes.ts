import type { Provider } from "@copilot-llm/provider";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { decodeAuditQuery } from "./decode.js";
import { encodeAuditEvent } from "./encode.js";
import { listAuditEvents } from "./operations.js";

/** Who changed what. */
export function addAuditRoutes(app: AdminApp, route: RouteFactory, audit: Provider["audit"]): void {
  app.openapi(route(listAuditEvents), async (context) => {
    const { events, nextCursor } = await audit.search(decodeAuditQuery(context.req.valid("query")));
    return context.json({ events: events.map(encodeAuditEvent), next_cursor: nextCursor }, 200);
  });
}
