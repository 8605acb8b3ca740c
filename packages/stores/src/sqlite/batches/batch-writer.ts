import { setImmediate } from "node:timers/promises";
import { type AuditEvent, type Batch, type BatchProblem, GatewayError, hourMs } from "@copilot-llm/model";
import {
  type BatchRow,
  batchColumns,
  createBatch,
  decodeBatchRow,
  type EndsAs,
  encodeBatchRow,
} from "../../batches/stored-batch.js";
import type { ItemToAdd, NewBatch } from "../../interfaces/batch-store.js";
import { storableText } from "../../stored-text/storable-text.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";
import type { FileWriter } from "./file-writer.js";
import type { ItemWriter } from "./item-writer.js";

/** In one transaction, so that appends need not wait for long. */
const removedAtOnce = 500;
/** A batch that is validated for longer has been given up. */
const longestValidationMs = hourMs;

export interface BatchWriterOptions {
  readonly database: SqlDatabase;
  readonly transact: <Result>(run: () => Result) => Result;
  readonly items: ItemWriter;
  readonly files: FileWriter;
  readonly audit: { append(event: AuditEvent): boolean };
}

/** Changes batches, each step in a transaction of its own. */
export class BatchWriter {
  readonly #options: BatchWriterOptions;
  readonly #insert: SqlStatement;
  readonly #find: SqlStatement;
  readonly #start: SqlStatement;
  readonly #fail: SqlStatement;
  readonly #stop: SqlStatement;
  readonly #due: SqlStatement;
  readonly #old: SqlStatement;
  readonly #remove: SqlStatement;
  readonly #forgetItems: SqlStatement;

  constructor(options: BatchWriterOptions) {
    this.#options = options;
    const prepare = (sql: string) => options.database.prepare(sql);
    this.#insert = prepare(
      `INSERT INTO batches (${batchColumns.join(", ")}) VALUES (${batchColumns.map(() => "?").join(", ")})
       ON CONFLICT (id) DO NOTHING`,
    );
    this.#find = prepare("SELECT * FROM batches WHERE id = ?");
    this.#start = prepare("UPDATE batches SET status = 'in_progress', started_at_ms = ? WHERE position = ?");
    this.#fail = prepare(
      `UPDATE batches SET status = 'failed', ended_at_ms = ?, problems = ?, total = 0, pending = 0 WHERE position = ?`,
    );
    this.#stop = prepare(
      `UPDATE batches SET ends_as = ?1, pending = 0, cancelled = CASE ?1 WHEN 'cancelled' THEN pending ELSE 0 END,
         expired = CASE ?1 WHEN 'expired' THEN pending ELSE 0 END,
         status = CASE ?1 WHEN 'cancelled' THEN 'cancelling' ELSE status END,
         cancel_requested_at_ms = CASE ?1 WHEN 'cancelled' THEN ?2 END WHERE position = ?3`,
    );
    this.#due = prepare(
      `SELECT * FROM batches WHERE ended_at_ms IS NULL AND status = 'in_progress' AND ends_as IS NULL
         AND expires_at_ms <= ?`,
    );
    this.#old = prepare(
      `SELECT * FROM batches WHERE ended_at_ms < ? OR (status = 'validating' AND created_at_ms <= ?)`,
    );
    this.#remove = prepare("DELETE FROM batches WHERE position = ?");
    this.#forgetItems = prepare("INSERT OR IGNORE INTO pending_item_removals (batch) VALUES (?)");
  }

  create(batch: NewBatch): Batch {
    const created = createBatch({ ...batch, ownerName: storableText(batch.ownerName) });
    const { changes } = this.#options.transact(() => this.#insert.run(...encodeBatchRow(created)));
    if (Number(changes) === 0) throw new GatewayError("conflict", "There is a batch with this id already.");
    return created;
  }

  addItems(id: string, items: readonly ItemToAdd[]): void {
    this.#options.transact(() => this.#options.items.add(this.#requireValidating(id).position, items));
  }

  start(id: string, atMs: number): Batch {
    return this.#options.transact(() => {
      const { position } = this.#requireValidating(id);
      this.#start.run(atMs, position);
      this.#options.items.endIfDone(position, atMs);
      return decodeBatchRow(this.#require(id));
    });
  }

  async fail(id: string, problems: readonly BatchProblem[], atMs: number): Promise<Batch> {
    const failed = this.#options.transact(() => {
      const { position } = this.#requireValidating(id);
      this.#fail.run(atMs, JSON.stringify(problems), position);
      this.#forgetItems.run(position);
      return decodeBatchRow(this.#require(id));
    });
    await this.#removeItems();
    return failed;
  }

  cancel(id: string, atMs: number, event: AuditEvent | null): Batch {
    return this.#options.transact(() => {
      const { position, status, ends_as: endsAs } = this.#require(id);
      if (endsAs === null && (status === "in_progress" || status === "validating")) {
        this.#stopItems(position, "cancelled", atMs);
        if (event !== null) this.#options.audit.append(event);
      }
      return decodeBatchRow(this.#require(id));
    });
  }

  async remove(id: string, event: AuditEvent | null): Promise<boolean> {
    const { transact, files, audit } = this.#options;
    const removed = transact(() => {
      const row = this.#find.get<BatchRow>(id);
      if (row === undefined) return null;
      if (row.ended_at_ms === null && row.status !== "validating") {
        throw new GatewayError("conflict", "The batch has not ended yet.");
      }
      if (event !== null) audit.append(event);
      return this.#removeRow(row);
    });
    if (removed === null) return false;
    files.unlink(removed);
    await this.#removeItems();
    return true;
  }

  async expire(nowMs: number, endedBeforeMs: number): Promise<void> {
    const { transact, items, files } = this.#options;
    const removed = transact(() => {
      items.giveBackUntil(nowMs, nowMs);
      for (const { position } of this.#due.all<BatchRow>(nowMs)) this.#stopItems(position, "expired", nowMs);
      const old = this.#old.all<BatchRow>(endedBeforeMs, nowMs - longestValidationMs);
      return [...old.flatMap((row) => this.#removeRow(row)), ...files.removeExpired(nowMs)];
    });
    files.unlink(removed);
    await this.#removeItems();
  }

  #stopItems(position: number, endsAs: EndsAs, atMs: number): void {
    this.#stop.run(endsAs, atMs, position);
    this.#options.items.endIfDone(position, atMs);
  }

  /** Gives back the files that are left over. */
  #removeRow({ position, file_id: fileId }: BatchRow): readonly number[] {
    this.#remove.run(position);
    this.#forgetItems.run(position);
    return this.#options.files.removeInternal(fileId);
  }

  /** Until nothing is left of what was removed, also by an earlier process. */
  async #removeItems(): Promise<void> {
    const { database, transact } = this.#options;
    const next = database.prepare("SELECT batch FROM pending_item_removals LIMIT 1");
    const steps = [
      `DELETE FROM batch_answers WHERE position IN (SELECT position FROM batch_answers WHERE batch = ?1 LIMIT ${removedAtOnce})`,
      `DELETE FROM batch_items WHERE batch = ?1 AND item IN (SELECT item FROM batch_items WHERE batch = ?1 LIMIT ${removedAtOnce})`,
      "DELETE FROM pending_item_removals WHERE batch = ?1",
    ].map((sql) => database.prepare(sql));
    for (let found = next.get<{ batch: number }>(); found !== undefined; found = next.get<{ batch: number }>()) {
      const { batch } = found;
      for (const step of steps) {
        while (transact(() => step.run(batch)).changes > 0) await setImmediate();
      }
    }
  }

  #requireValidating(id: string): BatchRow {
    const row = this.#require(id);
    if (row.status !== "validating") throw new GatewayError("conflict", "The batch is not being validated any more.");
    return row;
  }

  #require(id: string): BatchRow {
    const row = this.#find.get<BatchRow>(id);
    if (row === undefined) throw new GatewayError("not_found", "There is no batch with this id.");
    return row;
  }
}
