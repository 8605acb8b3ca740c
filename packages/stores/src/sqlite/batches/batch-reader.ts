import { type Batch, type BatchItem, GatewayError } from "@copilot-llm/model";
import {
  type BatchRow,
  decodeBatchRow,
  decodeItemRow,
  type ItemRow,
  settledStates,
  storedStates,
} from "../../batches/stored-batch.js";
import type { FileRow } from "../../batches/stored-file.js";
import type { BatchQuery, ItemsQuery } from "../../interfaces/batch-store.js";
import type { FileQuery } from "../../interfaces/file-store.js";
import type { SqlDatabase, SqlValue } from "../driver/sql-database.js";
import { StatementCache } from "../driver/statement-cache.js";
import { itemColumns } from "./item-writer.js";

/** What is read of batches and files. */
export class BatchReader {
  readonly #statements: StatementCache;

  constructor(database: SqlDatabase) {
    this.#statements = new StatementCache(database);
  }

  find(id: string): Batch | null {
    const row = this.#findRow(id);
    return row === undefined ? null : decodeBatchRow(row);
  }

  list({ ownerId, api, isOpen = false, afterId, beforeId, limit }: BatchQuery): readonly Batch[] {
    const rows = this.#page<BatchRow>("batches", {
      conditions: [...(ownerId === null ? [] : [["owner_id", ownerId]]), ...(api === undefined ? [] : [["api", api]])],
      ...(isOpen ? { isNull: "ended_at_ms" } : {}),
      fromId: beforeId ?? afterId,
      isDescending: beforeId === undefined,
      limit,
    });
    const batches = rows.map(decodeBatchRow);
    return beforeId === undefined ? batches : batches.reverse();
  }

  results(batchId: string, { afterIndex, limit, maxBytes, states = settledStates }: ItemsQuery): readonly BatchItem[] {
    const batch = this.#findRow(batchId);
    if (batch === undefined) return [];
    const stored = storedStates(states, batch.ends_as);
    if (stored.length === 0) return [];
    const rows = this.#statements
      .prepare(
        `SELECT ${itemColumns}, coalesce(answer_bytes, 0) AS bytes FROM batch_items
         WHERE batch = ? AND item > ? AND state IN (${stored.map(() => "?").join(", ")}) ORDER BY item LIMIT ?`,
      )
      .all<ItemRow & { readonly bytes: number }>(batch.position, afterIndex ?? -1, ...stored, limit);
    const answers = this.#statements.prepare("SELECT answer FROM batch_answers WHERE batch = ? AND item = ?");
    const items: BatchItem[] = [];
    let bytes = 0;
    for (const row of rows) {
      const answer = answers.get<{ answer: Uint8Array }>(batch.position, row.item)?.answer ?? null;
      items.push(decodeItemRow({ ...row, answer }, batch));
      bytes += row.bytes;
      if (bytes >= maxBytes) break;
    }
    return items;
  }

  findFile(id: string): FileRow | null {
    return this.#statements.prepare("SELECT * FROM files WHERE id = ?").get<FileRow>(id) ?? null;
  }

  listFiles({ ownerId, purpose, afterId, limit, order }: FileQuery): readonly FileRow[] {
    return this.#page<FileRow>("files", {
      conditions: [["owner_id", ownerId], ...(purpose === undefined ? [] : [["purpose", purpose]])],
      fromId: afterId,
      isDescending: order === "desc",
      limit,
    });
  }

  /** In order of position, those after it: of everybody, for a copy. */
  filesAfter(position: number, limit: number): readonly FileRow[] {
    return this.#statements
      .prepare("SELECT * FROM files WHERE position > ? ORDER BY position LIMIT ?")
      .all<FileRow>(position, limit);
  }

  batchesAfter(position: number, limit: number): readonly { readonly position: number; readonly batch: Batch }[] {
    return this.#statements
      .prepare("SELECT * FROM batches WHERE position > ? ORDER BY position LIMIT ?")
      .all<BatchRow>(position, limit)
      .map((row) => ({ position: row.position, batch: decodeBatchRow(row) }));
  }

  /** Items as they are, settled or not, after the index. */
  itemsAfter(batchId: string, index: number, limit: number): readonly BatchItem[] {
    const batch = this.#findRow(batchId);
    if (batch === undefined) return [];
    return this.#statements
      .prepare(
        `SELECT item.item, custom_id, file_offset, file_bytes, state, tries, request_id, status, ended_at_ms, answer
         FROM batch_items AS item LEFT JOIN batch_answers AS given ON given.batch = item.batch AND given.item = item.item
         WHERE item.batch = ? AND item.item > ? ORDER BY item.item LIMIT ?`,
      )
      .all<ItemRow>(batch.position, index, limit)
      .map((row) => decodeItemRow(row, batch));
  }

  #findRow(id: string): BatchRow | undefined {
    return this.#statements.prepare("SELECT * FROM batches WHERE id = ?").get<BatchRow>(id);
  }

  #page<Row>(table: "batches" | "files", page: Page): readonly Row[] {
    const values: SqlValue[] = page.conditions.map(([, value]) => value ?? null);
    const conditions = page.conditions.map(([column]) => `${column} = ?`);
    if (page.isNull !== undefined) conditions.push(`${page.isNull} IS NULL`);
    if (page.fromId !== undefined) {
      const from = this.#statements
        .prepare(`SELECT position FROM ${table} WHERE id = ?`)
        .get<{ position: number }>(page.fromId);
      if (from === undefined) throw new GatewayError("invalid_request", `There is nothing with the id ${page.fromId}.`);
      conditions.push(`position ${page.isDescending ? "<" : ">"} ?`);
      values.push(from.position);
    }
    const where = conditions.length === 0 ? "" : `WHERE ${conditions.join(" AND ")}`;
    return this.#statements
      .prepare(`SELECT * FROM ${table} ${where} ORDER BY position ${page.isDescending ? "DESC" : "ASC"} LIMIT ?`)
      .all<Row>(...values, page.limit);
  }
}

interface Page {
  readonly conditions: readonly (readonly string[])[];
  /** A column. */
  readonly isNull?: string;
  readonly fromId: string | undefined;
  readonly isDescending: boolean;
  readonly limit: number;
}
