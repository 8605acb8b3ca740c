import { exportContent } from "../route/export-format.js";
import { json, operation } from "../route/operation.js";
import * as examples from "./examples.js";
import { auditExportQuery, auditPage, auditQuery } from "./schemas.js";

export const listAuditEvents = operation({
  method: "get",
  path: "/api/admin/audit",
  "x-access": "admin",
  operationId: "listAuditEvents",
  summary: "List administrative changes",
  description:
    "Lists who changed what, the newest change first, a page at a time. With filters a page may be short although more follow: read on while `next_cursor` is not null.",
  request: { query: auditQuery },
  responses: { 200: json(auditPage, "One page; `next_cursor` is null on the last one.", examples.auditPage) },
});

export const exportAuditEvents = operation({
  method: "get",
  path: "/api/admin/audit/export",
  "x-access": "admin",
  operationId: "exportAuditEvents",
  summary: "Export administrative changes",
  description:
    "Streams every change that matches the filters, the newest first: as JSON lines, or as CSV, in which `before`, `after` and `detail` are JSON. An answer that is cut short lacks lines.",
  request: { query: auditExportQuery },
  responses: {
    200: {
      description: "One line for each change; CSV begins with a header line.",
      content: exportContent(examples.auditExport),
    },
  },
});
