import type { AuditEvent } from "@copilot-llm/model";
import { storableText } from "../../stored-text/storable-text.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";

/** Appends to the administrative trail. An event that is there already is passed over: then it says false. */
export class AuditWriter {
  readonly #insert: SqlStatement;

  constructor(database: SqlDatabase) {
    this.#insert = database.prepare(
      "INSERT OR IGNORE INTO audit_events (id, at_ms, actor, action, subject_id, detail) VALUES (?, ?, ?, ?, ?, ?)",
    );
  }

  append({ id, atMs, actor, action, subjectId, detail }: AuditEvent): boolean {
    const subject = subjectId === null ? null : storableText(subjectId);
    const { changes } = this.#insert.run(id, atMs, storableText(actor), action, subject, JSON.stringify(detail));
    return Number(changes) === 1;
  }
}
