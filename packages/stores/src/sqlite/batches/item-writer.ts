import type { BatchItem } from "@copilot-llm/model";
import type { BatchRow, ItemRow } from "../../batches/stored-batch.js";
import { decodeBatchRow, decodeItemRow } from "../../batches/stored-batch.js";
import type {
  BatchStore,
  ClaimedItem,
  ItemPlace,
  ItemToAdd,
  ItemToRelease,
  ItemToSettle,
} from "../../interfaces/batch-store.js";
import { storableText } from "../../stored-text/storable-text.js";
import type { SqlDatabase, SqlStatement } from "../driver/sql-database.js";

export type Claim = Parameters<BatchStore["claim"]>[0];

/** For a select; the answer is elsewhere. */
export const itemColumns =
  "item, custom_id, file_offset, file_bytes, state, tries, request_id, status, ended_at_ms, NULL AS answer";

/** Changes items together with their batch's counts. Each call is to be within a transaction. */
export class ItemWriter {
  readonly #countRunning: SqlStatement;
  readonly #open: SqlStatement;
  readonly #find: SqlStatement;
  readonly #add: SqlStatement;
  readonly #countAdded: SqlStatement;
  readonly #pending: SqlStatement;
  readonly #take: SqlStatement;
  readonly #countTaken: SqlStatement;
  readonly #renew: SqlStatement;
  readonly #lapsed: SqlStatement;
  readonly #ofWorker: SqlStatement;
  readonly #giveBack: SqlStatement;
  readonly #countTry: SqlStatement;
  readonly #countGivenBack: SqlStatement;
  readonly #stateOf: SqlStatement;
  readonly #settle: SqlStatement;
  readonly #keepAnswer: SqlStatement;
  readonly #countSettled: SqlStatement;
  readonly #end: SqlStatement;

  constructor(database: SqlDatabase) {
    const prepare = (sql: string) => database.prepare(sql);
    this.#countRunning = prepare("SELECT count(*) AS running FROM batch_items WHERE state = 'running'");
    this.#open = prepare(
      `SELECT * FROM batches WHERE ended_at_ms IS NULL AND status = 'in_progress' AND ends_as IS NULL AND pending > 0
         AND expires_at_ms > ? ORDER BY position`,
    );
    this.#find = prepare("SELECT * FROM batches WHERE id = ? AND ended_at_ms IS NULL AND status <> 'validating'");
    this.#add = prepare(
      `INSERT INTO batch_items (batch, item, custom_id, file_offset, file_bytes, state) VALUES (?, ?, ?, ?, ?, 'pending')
       ON CONFLICT DO NOTHING`,
    );
    this.#countAdded = prepare("UPDATE batches SET total = total + ?1, pending = pending + ?1 WHERE position = ?2");
    this.#pending = prepare(
      `SELECT ${itemColumns} FROM batch_items WHERE batch = ? AND state = 'pending' AND retry_at_ms <= ?
       ORDER BY item LIMIT ?`,
    );
    this.#take = prepare(
      "UPDATE batch_items SET state = 'running', worker_id = ?, lease_until_ms = ? WHERE batch = ? AND item = ?",
    );
    this.#countTaken = prepare(
      "UPDATE batches SET pending = pending - ?1, running = running + ?1 WHERE position = ?2 RETURNING *",
    );
    this.#renew = prepare("UPDATE batch_items SET lease_until_ms = ? WHERE state = 'running' AND worker_id = ?");
    this.#lapsed = prepare("SELECT batch, item FROM batch_items WHERE state = 'running' AND lease_until_ms <= ?");
    this.#ofWorker = prepare(
      `SELECT item.batch, item.item FROM batches AS batch JOIN batch_items AS item ON item.batch = batch.position
       WHERE batch.id = ? AND item.item = ? AND item.state = 'running' AND item.worker_id = ?`,
    );
    this.#giveBack = prepare(
      "UPDATE batch_items SET state = 'pending', worker_id = NULL, lease_until_ms = NULL WHERE batch = ? AND item = ?",
    );
    this.#countTry = prepare("UPDATE batch_items SET tries = tries + 1, retry_at_ms = ? WHERE batch = ? AND item = ?");
    this.#countGivenBack = prepare(
      `UPDATE batches SET running = running - 1, pending = pending + (ends_as IS NULL),
         cancelled = cancelled + (ends_as IS 'cancelled'), expired = expired + (ends_as IS 'expired') WHERE position = ?`,
    );
    this.#stateOf = prepare("SELECT state FROM batch_items WHERE batch = ? AND item = ?");
    this.#settle = prepare(
      `UPDATE batch_items SET state = ?, worker_id = NULL, lease_until_ms = NULL, request_id = ?, status = ?,
         ended_at_ms = ?, answer_bytes = ? WHERE batch = ? AND item = ?`,
    );
    this.#keepAnswer = prepare("INSERT INTO batch_answers (batch, item, answer) VALUES (?, ?, ?)");
    this.#countSettled = prepare(
      `UPDATE batches SET pending = pending - (?1 = 'pending'), running = running - (?1 = 'running'),
         succeeded = succeeded + (?2 = 'succeeded'), errored = errored + (?2 = 'errored') WHERE position = ?3`,
    );
    this.#end = prepare(
      `UPDATE batches SET status = coalesce(ends_as, 'completed'), ended_at_ms = ?
       WHERE position = ? AND status IN ('in_progress', 'cancelling') AND pending = 0 AND running = 0`,
    );
  }

  add(batch: number, items: readonly ItemToAdd[]): void {
    let added = 0;
    for (const { index, customId, offset, length } of items) {
      added += Number(this.#add.run(batch, index, customId, offset, length).changes);
    }
    this.#countAdded.run(added, batch);
  }

  claim({ workerId, limit, maxRunning, nowMs, leaseUntilMs, exceptBatchIds = [] }: Claim): readonly ClaimedItem[] {
    this.giveBackUntil(nowMs, nowMs);
    const running = this.#countRunning.get<{ running: number }>()?.running ?? 0;
    let free = Math.min(limit, maxRunning - running);
    const claimed: ClaimedItem[] = [];
    for (const { id, position } of free <= 0 ? [] : this.#open.all<BatchRow>(nowMs)) {
      if (exceptBatchIds.includes(id)) continue;
      const rows = this.#pending.all<ItemRow>(position, nowMs, free);
      for (const { item } of rows) this.#take.run(workerId, leaseUntilMs, position, item);
      const batch = this.#countTaken.get<BatchRow>(rows.length, position);
      if (batch === undefined) continue;
      const decoded = decodeBatchRow(batch);
      for (const row of rows) claimed.push({ ...decodeItemRow({ ...row, state: "running" }, batch), batch: decoded });
      free -= rows.length;
      if (free === 0) break;
    }
    return claimed;
  }

  renew(workerId: string, leaseUntilMs: number): void {
    this.#renew.run(leaseUntilMs, workerId);
  }

  release(items: readonly ItemToRelease[], workerId: string, atMs: number): void {
    for (const { batchId, index, failed } of items) {
      const found = this.#ofWorker.get<RunningItem>(batchId, index, workerId);
      if (found === undefined) continue;
      if (failed !== undefined) this.#countTry.run(failed.retryAtMs, found.batch, found.item);
      this.#release(found, atMs);
    }
  }

  /** Those whose lease is over by then. */
  giveBackUntil(leaseMs: number, atMs: number): void {
    for (const found of this.#lapsed.all<RunningItem>(leaseMs)) this.#release(found, atMs);
  }

  settle({ batchId, index }: ItemPlace, { state, requestId, status, answer, atMs }: ItemToSettle): void {
    const batch = this.#find.get<BatchRow>(batchId);
    if (batch === undefined) return;
    const item = this.#stateOf.get<{ state: BatchItem["state"] }>(batch.position, index);
    const isOpen = item?.state === "running" || (item?.state === "pending" && batch.ends_as === null);
    if (item === undefined || !isOpen) return;
    const request = requestId === null ? null : storableText(requestId);
    this.#settle.run(state, request, status, atMs, answer.length, batch.position, index);
    this.#keepAnswer.run(batch.position, index, answer);
    this.#countSettled.run(item.state, state, batch.position);
    this.endIfDone(batch.position, atMs);
  }

  endIfDone(batch: number, atMs: number): void {
    this.#end.run(atMs, batch);
  }

  #release({ batch, item }: RunningItem, atMs: number): void {
    this.#giveBack.run(batch, item);
    this.#countGivenBack.run(batch);
    this.endIfDone(batch, atMs);
  }
}

interface RunningItem {
  readonly batch: number;
  readonly item: number;
}
