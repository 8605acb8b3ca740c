import type { AuditEvent } from "@copilot-llm/model";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";

interface EventRow {
  readonly id: string;
  readonly at_ms: number;
  readonly actor: string;
  readonly action: string;
  readonly subject_id: string | null;
  readonly detail: string;
}

/** Reads the administrative trail. */
export class AuditReader {
  readonly #list: SqlStatement;

  constructor(database: SqlDatabase) {
    this.#list = database.prepare(
      `SELECT id, at_ms, actor, action, subject_id, detail FROM audit_events
       WHERE ?1 IS NULL OR position < (SELECT position FROM audit_events WHERE id = ?1)
       ORDER BY position DESC LIMIT ?2`,
    );
  }

  /** The newest first; before the event with this id, unless it is null. */
  list(limit: number, before: string | null): readonly AuditEvent[] {
    return this.#list.all<EventRow>(before, limit).map((row) => ({
      id: row.id,
      atMs: row.at_ms,
      actor: row.actor,
      action: row.action,
      subjectId: row.subject_id,
      detail: JSON.parse(row.detail) as AuditEvent["detail"],
    }));
  }
}
