import { setImmediate } from "node:timers/promises";
import type { AuditEvent } from "@copilot-llm/model";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import type { AuditWriter } from "./audit-writer.js";
import type { LedgerWriter } from "./ledger-writer.js";

interface RemovedRow {
  readonly position: number;
  readonly id: string;
  readonly started_at_ms: number;
  readonly body_file: number | null;
  readonly body_offset: number;
  readonly body_bytes: number;
}

/** In one transaction, so that appends need not wait for long. */
const recordsAtOnce = 200;

export interface ConversationRemoverOptions {
  readonly writer: LedgerWriter;
  readonly database: SqlDatabase;
  readonly audit: AuditWriter;
}

/**
 * Takes conversations off the record; what lay in files is put down as to be erased. What was begun is finished,
 * whatever dies when.
 */
export class ConversationRemover {
  readonly #options: ConversationRemoverOptions;
  readonly #exists: SqlStatement;
  readonly #begin: SqlStatement;
  readonly #next: SqlStatement;
  readonly #end: SqlStatement;
  readonly #find: SqlStatement;
  readonly #remember: SqlStatement;
  readonly #noteBodies: SqlStatement;
  readonly #removeWords: SqlStatement;
  readonly #remove: SqlStatement;

  constructor(options: ConversationRemoverOptions) {
    const { database } = options;
    this.#options = options;
    this.#exists = database.prepare(
      "SELECT 1 AS found FROM records WHERE conversation_id = ? AND recording <> 'off' LIMIT 1",
    );
    this.#begin = database.prepare(
      "INSERT OR REPLACE INTO pending_removals SELECT ?, next_position - 1 FROM ledger_state",
    );
    this.#next = database.prepare("SELECT conversation_id, through_position FROM pending_removals LIMIT 1");
    this.#end = database.prepare("DELETE FROM pending_removals WHERE conversation_id = ?");
    this.#find = database.prepare(
      `SELECT position, id, started_at_ms, body_file, body_offset, body_bytes FROM records
       WHERE conversation_id = ? AND position <= ? AND recording <> 'off' ORDER BY position LIMIT ${recordsAtOnce}`,
    );
    this.#remember = database.prepare("INSERT OR IGNORE INTO forgotten_records (id, started_at_ms) VALUES (?, ?)");
    this.#noteBodies = database.prepare(
      "INSERT OR IGNORE INTO pending_erasures (body_file, is_block, first_offset, bytes) VALUES (?, 0, ?, ?)",
    );
    this.#removeWords = database.prepare("DELETE FROM turn_words WHERE rowid = ?");
    this.#remove = database.prepare("DELETE FROM records WHERE position = ?");
  }

  /** Those of the conversations that are on record. */
  find(conversationIds: readonly string[]): readonly string[] {
    return [...new Set(conversationIds)].filter((id) => this.#exists.get(id) !== undefined);
  }

  /** The event is on the trail if and only if the removal is decided. */
  async remove(conversationIds: readonly string[], event: AuditEvent | null): Promise<void> {
    const { writer, audit } = this.#options;
    writer.transactCounted(() => {
      for (const id of conversationIds) this.#begin.run(id);
      if (event !== null) audit.append(event);
      this.#step();
    });
    writer.noteForgotten();
    await this.finish();
  }

  /** Until nothing that was decided is left to do. */
  async finish(): Promise<void> {
    while (this.#next.get() !== undefined) {
      this.#options.writer.transactCounted(() => this.#step());
      await setImmediate();
    }
  }

  #step(): void {
    const next = this.#next.get<{ conversation_id: string; through_position: number }>();
    if (next === undefined) return;
    const rows = this.#find.all<RemovedRow>(next.conversation_id, next.through_position);
    for (const row of rows) this.#removeRecord(row);
    if (rows.length < recordsAtOnce) this.#end.run(next.conversation_id);
  }

  #removeRecord(row: RemovedRow): void {
    this.#remember.run(row.id, row.started_at_ms);
    if (row.body_file !== null) this.#noteBodies.run(row.body_file, row.body_offset, row.body_bytes);
    this.#removeWords.run(row.position);
    this.#remove.run(row.position);
  }
}
