import type { Clock } from "@copilot-llm/model";
import type { Provider } from "@copilot-llm/provider";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { AdminApp } from "../route/admin-app.js";
import type { RouteFactory } from "../route/route-factory.js";
import { writeExport } from "../route/write-export.js";
import { decodeAuditFilter } from "./decode.js";
import { encodeAuditEvent } from "./encode.js";
import { exportAudit } from "./export-lines.js";
import { exportAuditEvents, listAuditEvents } from "./operations.js";

/** Who changed what. */
export function addAuditRoutes(app: AdminApp, route: RouteFactory, audit: Provider["audit"], clock: Clock): void {
  app.openapi(route(listAuditEvents), async (context) => {
    const { limit, cursor, ...query } = context.req.valid("query");
    const filter = decodeAuditFilter(query);
    const { events, nextCursor } = await audit.search({
      ...filter,
      limit,
      ...(cursor === undefined ? {} : { cursor }),
    });
    return context.json({ events: events.map(encodeAuditEvent), next_cursor: nextCursor }, 200);
  });

  app.openapi(route(exportAuditEvents), async (context) => {
    const { format, ...query } = context.req.valid("query");
    const lines = exportAudit(audit, decodeAuditFilter(query), format);
    await writeExport(context, { name: "audit", nowMs: clock.nowMs(), format, lines });
    return RESPONSE_ALREADY_SENT;
  });
}
