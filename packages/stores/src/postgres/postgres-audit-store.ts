import type { AuditEvent } from "@copilot-llm/model";
import type { Selectable } from "kysely";
import type { AuditStore } from "../interfaces/audit-store.js";
import type { DatabaseAccess } from "./connection/database.js";
import type { DatabaseTables } from "./connection/database-tables.js";
import { storableText } from "./connection/storable-text.js";

export function createAuditStore(database: DatabaseAccess): AuditStore {
  return {
    async append({ id, atMs, actor, action, subjectId, detail }) {
      await database.read((tables) =>
        tables
          .insertInto("audit_events")
          .values({
            id,
            at_ms: atMs,
            actor: storableText(actor),
            action,
            subject_id: subjectId === null ? null : storableText(subjectId),
            detail: JSON.stringify(detail),
          })
          .execute(),
      );
    },
    async list({ limit, before }) {
      const rows = await database.read((tables) => {
        const query = tables.selectFrom("audit_events").selectAll().orderBy("position", "desc").limit(limit);
        if (before === undefined) return query.execute();
        return query
          .where("position", "<", (other) =>
            other.selectFrom("audit_events").select("position").where("id", "=", before),
          )
          .execute();
      });
      return rows.map(decodeEvent);
    },
  };
}

function decodeEvent(row: Selectable<DatabaseTables["audit_events"]>): AuditEvent {
  return {
    id: row.id,
    atMs: row.at_ms,
    actor: row.actor,
    action: row.action,
    subjectId: row.subject_id,
    detail: row.detail,
  };
}
