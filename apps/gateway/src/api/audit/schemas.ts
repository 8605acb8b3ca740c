import { z } from "@hono/zod-openapi";
import { exportFormat } from "../route/export-format.js";
import { moment, searchText, time, wholeNumber } from "../route/fields.js";

const filter = {
  actor: searchText.optional().describe("A username, or `system`."),
  action: searchText.optional().describe("A whole action, such as `api_key.create`, or its noun."),
  subject: searchText.optional().describe("The id of what was changed."),
  from: moment.optional().describe("Inclusive."),
  to: moment.optional().describe("Exclusive."),
  q: searchText.optional().describe("Text that occurs in the event, in any case."),
};

export const auditQuery = z.object({
  ...filter,
  limit: wholeNumber(1, 500).default(50),
  cursor: z
    .string()
    .regex(/^evt_[\w-]{1,124}$/, "must be the `next_cursor` of the page before")
    .optional()
    .describe("`next_cursor` of the page before."),
});
export const auditExportQuery = z.object({ ...filter, format: exportFormat });

const changedFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()]));

export const auditEventView = z
  .object({
    id: z.string(),
    at: time,
    actor: z.string().describe("A username, or `system`."),
    action: z.string().describe("A noun and a verb, such as `api_key.create`."),
    subject_id: z.string().nullable(),
    subject_label: z.string().nullable().describe("What the subject was called then."),
    client_ip: z.string().nullable().describe("From where it was done, if that is known."),
    before: changedFields.nullable().describe("What each changed field was; lists and maps as JSON."),
    after: changedFields.nullable().describe("What each changed field is now."),
    detail: changedFields,
  })
  .openapi("AuditEvent");

export const auditPage = z
  .object({ events: z.array(auditEventView), next_cursor: z.string().nullable() })
  .openapi("AuditPage");

export type AuditEventView = z.infer<typeof auditEventView>;
export type AuditPage = z.infer<typeof auditPage>;
