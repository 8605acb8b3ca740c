import { json, operation } from "../route/operation.js";
import { auditPage, auditQuery } from "./schemas.js";

export const listAuditEvents = operation({
  method: "get",
  path: "/api/admin/audit",
  "x-access": "admin",
  operationId: "listAuditEvents",
  summary: "List administrative changes",
  description:
    "Lists who changed what, the newest change first, a page at a time. With filters a page may be short although more follow: read on while `next_cursor` is not null.",
  request: { query: auditQuery },
  responses: { 200: json(auditPage, "One page; `next_cursor` is null on the last one.") },
});
