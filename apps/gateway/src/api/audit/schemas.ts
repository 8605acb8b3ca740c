import { z } from "@hono/zod-openapi";
import { time } from "../route/fields.js";

export const auditQuery = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().min(1).optional().describe("`next_cursor` of the page before."),
});

export const auditEventView = z
  .object({
    id: z.string(),
    at: time,
    actor: z.string().describe("A username, or `system`."),
    action: z.string().describe("A noun and a verb, such as `api_key.create`."),
    subject_id: z.string().nullable(),
    detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  })
  .openapi("AuditEvent");

export const auditPage = z
  .object({ events: z.array(auditEventView), next_cursor: z.string().nullable() })
  .openapi("AuditPage");

export type AuditEventView = z.infer<typeof auditEventView>;
export type AuditPage = z.infer<typeof auditPage>;
