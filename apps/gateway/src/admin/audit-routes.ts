import type { Provider } from "@copilot-llm/provider";
import { auditPage, auditQuery } from "../admin-api/audit-schemas.js";
import { type AdminApp, json, type RouteFactory } from "./admin-router.js";
import { encodeAuditEvent } from "./encode-audit-event.js";

/** Who changed what. */
export function addAuditRoutes(app: AdminApp, route: RouteFactory, audit: Provider["audit"]): void {
  app.openapi(
    route("admin", {
      method: "get",
      path: "/api/admin/audit",
      request: { query: auditQuery },
      responses: { 200: json(auditPage, "Newest first") },
    }),
    async (context) => {
      const { limit, cursor } = context.req.valid("query");
      // One more than asked for tells whether there is a next page.
      const found = await audit.list({ limit: limit + 1, ...(cursor === undefined ? {} : { before: cursor }) });
      const events = found.slice(0, limit);
      const nextCursor = found.length > limit ? (events.at(-1)?.id ?? null) : null;
      return context.json({ events: events.map(encodeAuditEvent), next_cursor: nextCursor }, 200);
    },
  );
}
