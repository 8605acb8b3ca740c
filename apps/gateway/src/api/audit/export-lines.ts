import type { AuditEvent } from "@copilot-llm/model";
import type { AuditFilter, Provider } from "@copilot-llm/provider";
import { type CsvValue, csvLine } from "../route/csv-line.js";
import type { ExportFormat } from "../route/export-format.js";
import { encodeAuditEvent } from "./encode.js";
import type { AuditEventView } from "./schemas.js";

export const csvColumns = [
  "at",
  "actor",
  "action",
  "subject_id",
  "subject_label",
  "client_ip",
  "before",
  "after",
  "detail",
  "id",
] as const satisfies readonly (keyof AuditEventView)[];

const pageSize = 500;

/** Every event that matches, the newest first: as JSON lines, or as CSV below a header line. */
export async function* exportAudit(
  audit: Provider["audit"],
  filter: AuditFilter,
  format: ExportFormat,
): AsyncGenerator<string> {
  if (format === "csv") yield csvLine(csvColumns);
  for await (const event of eventsOf(audit, filter)) yield encodeLine(encodeAuditEvent(event), format);
}

export function encodeLine(view: AuditEventView, format: ExportFormat): string {
  return format === "csv" ? csvLine(csvColumns.map((column) => csvValue(view[column]))) : `${JSON.stringify(view)}\n`;
}

async function* eventsOf(audit: Provider["audit"], filter: AuditFilter): AsyncGenerator<AuditEvent> {
  let cursor: string | null = null;
  do {
    const { events, nextCursor } = await audit.search({
      ...filter,
      limit: pageSize,
      ...(cursor === null ? {} : { cursor }),
    });
    yield* events;
    cursor = nextCursor;
  } while (cursor !== null);
}

/** Fields of a change stay together, as JSON. */
function csvValue(value: AuditEventView[(typeof csvColumns)[number]]): CsvValue {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : value;
}
