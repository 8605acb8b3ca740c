import { csvLine } from "../route/csv-line.js";
import { csvColumns, encodeLine } from "./export-lines.js";
import type { AuditEventView, AuditPage } from "./schemas.js";

const changedNote: AuditEventView = {
  id: "aud_01KB6M3T7Z8W2Q4R",
  at: "2026-05-10T09:30:00.000Z",
  actor: "ada",
  action: "api_key.update",
  subject_id: "key_01KB6M3T7Z8W2Q4R",
  subject_label: "laptop",
  client_ip: "192.0.2.7",
  before: { note: "Ada's laptop" },
  after: { note: "Ada's own machine" },
  detail: {},
};

export const auditPage: AuditPage = { events: [changedNote], next_cursor: null };

export const auditExport = {
  jsonl: encodeLine(changedNote, "jsonl"),
  csv: csvLine(csvColumns) + encodeLine(changedNote, "csv"),
};
