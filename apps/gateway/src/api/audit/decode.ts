import type { AuditQuery } from "@copilot-llm/provider";
import type { z } from "@hono/zod-openapi";
import { withoutUndefined } from "../route/without-undefined.js";
import type { auditQuery } from "./schemas.js";

export function decodeAuditQuery(query: z.output<typeof auditQuery>): AuditQuery {
  const { limit, cursor, actor, action, subject, from, to, q } = query;
  const filter = withoutUndefined({
    cursor,
    actor,
    action,
    subjectId: subject,
    fromMs: from === undefined ? undefined : Date.parse(from),
    toMs: to === undefined ? undefined : Date.parse(to),
    text: q,
  });
  return { ...filter, limit };
}
