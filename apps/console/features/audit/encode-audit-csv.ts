import type { AuditEvent } from "#lib/api/use-audit";
import { encodeCsv } from "#lib/encode-csv";

/** The trail as a table: what is worded on the page stands there as the gateway names it. */
export function encodeAuditCsv(events: readonly AuditEvent[]): string {
  return encodeCsv([
    ["at", "actor", "action", "subject_id", "subject_label", "detail"],
    ...events.map(({ at, actor, action, subject_id: id, subject_label: label, detail }) => [
      at,
      actor,
      action,
      id ?? "",
      label ?? "",
      JSON.stringify(detail),
    ]),
  ]);
}
