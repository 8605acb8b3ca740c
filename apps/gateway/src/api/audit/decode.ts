import type { AuditFilter } from "@copilot-llm/provider";
import type { z } from "@hono/zod-openapi";
import { withoutUndefined } from "../route/without-undefined.js";
import type { auditExportQuery } from "./schemas.js";

type FilterQuery = Omit<z.output<typeof auditExportQuery>, "format">;

export function decodeAuditFilter({ actor, action, subject, from, to, q }: FilterQuery): AuditFilter {
  return withoutUndefined({
    actor,
    action,
    subjectId: subject,
    fromMs: from === undefined ? undefined : Date.parse(from),
    toMs: to === undefined ? undefined : Date.parse(to),
    text: q,
  });
}
