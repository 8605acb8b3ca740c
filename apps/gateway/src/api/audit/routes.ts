import type { Provider } from "@copilot-llm/provider";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { encodeAuditEvent } from "./encode.js";
import { listAuditEvents } from "./operations.js";

/** Who changed what. */
export function addAuditRoutes(app: AdminApp, route: RouteFactory, audit: Provider["audit"]): void {
  app.openapi(route(listAuditEvents), async (context) => {
    const { limit, cursor } = context.req.valid("query");
    // One more than asked for tells whether there is a next page.
    const found = await audit.list({ limit: limit + 1, ...(cursor === undefined ? {} : { before: cursor }) });
    const events = found.slice(0, limit);
    const nextCursor = found.length > limit ? (events.at(-1)?.id ?? null) : null;
    return context.json({ events: events.map(encodeAuditEvent), next_cursor: nextCursor }, 200);
  });
}
