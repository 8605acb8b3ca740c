import type { AuditEvent } from "@copilot-llm/model";
import type { Insertable, Selectable, Transaction } from "kysely";
import type { AuditStore } from "../interfaces/audit-store.js";
import type { Audited } from "../interfaces/audited.js";
import { storableText } from "../stored-text/storable-text.js";
import type { DatabaseAccess } from "./connection/database.js";
import type { DatabaseTables } from "./connection/database-tables.js";

export function createAuditStore(database: DatabaseAccess): AuditStore {
  return {
    async append(event) {
      const inserted = await database.read((tables) =>
        tables
          .insertInto("audit_events")
          .values(encodeEvent(event))
          .onConflict((conflict) => conflict.column("id").doNothing())
          .returning("id")
          .executeTakeFirst(),
      );
      return inserted !== undefined;
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

/** Puts on the trail, in the transaction of the change, what is to be said of it. */
export async function recordChange<Result>(
  tables: Transaction<DatabaseTables>,
  audited: Audited<Result>,
  result: Result,
): Promise<void> {
  if (audited !== null)
    await tables
      .insertInto("audit_events")
      .values(encodeEvent(audited(result)))
      .execute();
}

function encodeEvent({
  id,
  atMs,
  actor,
  action,
  subjectId,
  detail,
}: AuditEvent): Insertable<DatabaseTables["audit_events"]> {
  return {
    id,
    at_ms: atMs,
    actor: storableText(actor),
    action,
    subject_id: subjectId === null ? null : storableText(subjectId),
    detail: JSON.stringify(detail),
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
