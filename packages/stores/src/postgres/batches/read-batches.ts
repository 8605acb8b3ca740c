import { type Batch, type BatchItem, GatewayError } from "@copilot-llm/model";
import {
  type BatchRow,
  decodeBatchRow,
  decodeItemRow,
  type ItemRow,
  settledStates,
  storedStates,
} from "../../batches/stored-batch.js";
import type { BatchQuery, ItemsQuery } from "../../interfaces/batch-store.js";
import type { SqlClient } from "../connection/sql-client.js";
import { batchSelect } from "./batch-rows.js";

export async function findBatchRow(client: SqlClient, id: string): Promise<BatchRow | null> {
  const { rows } = await client.query<BatchRow>(`SELECT ${batchSelect} FROM batches WHERE id = $1`, [id]);
  return rows[0] ?? null;
}

export async function listBatches(
  client: SqlClient,
  { ownerId, api, isOpen = false, afterId, beforeId, limit }: BatchQuery,
): Promise<readonly Batch[]> {
  const isDescending = beforeId === undefined;
  const rows = await readPage<BatchRow>(client, {
    select: `${batchSelect} FROM batches`,
    condition: `($1::text IS NULL OR owner_id = $1) AND ($2::text IS NULL OR api = $2)${isOpen ? " AND ended_at_ms IS NULL" : ""}`,
    values: [ownerId, api ?? null],
    from: await positionOf(client, "batches", beforeId ?? afterId),
    isDescending,
    limit,
  });
  const batches = rows.map(decodeBatchRow);
  return isDescending ? batches : batches.reverse();
}

/** Null without an id. Throws `invalid_request` for one that is not there. */
export async function positionOf(
  client: SqlClient,
  table: "batches" | "files",
  id: string | undefined,
): Promise<number | null> {
  if (id === undefined) return null;
  const { rows } = await client.query<{ position: number }>(`SELECT position FROM ${table} WHERE id = $1`, [id]);
  if (rows[0] === undefined) throw new GatewayError("invalid_request", `There is nothing with the id ${id}.`);
  return rows[0].position;
}

export interface Page {
  readonly select: string;
  /** Of two values. */
  readonly condition: string;
  readonly values: readonly [unknown, unknown];
  /** Behind this position, in the order of the page. */
  readonly from: number | null;
  readonly isDescending: boolean;
  readonly limit: number;
}

export async function readPage<Row extends object>(client: SqlClient, page: Page): Promise<Row[]> {
  const { rows } = await client.query<Row>(
    `SELECT ${page.select} WHERE ${page.condition}
       AND ($3::bigint IS NULL OR position ${page.isDescending ? "<" : ">"} $3)
     ORDER BY position ${page.isDescending ? "DESC" : "ASC"} LIMIT $4`,
    [...page.values, page.from, page.limit],
  );
  return rows;
}

export async function readResults(
  client: SqlClient,
  batchId: string,
  { afterIndex, limit, maxBytes, states = settledStates }: ItemsQuery,
): Promise<readonly BatchItem[]> {
  const batch = await findBatchRow(client, batchId);
  if (batch === null) return [];
  // Lengths are known without reading the answers.
  const { rows } = await client.query<ItemRow>(
    `SELECT * FROM (
       SELECT *, coalesce(sum(octet_length(answer)) OVER
         (ORDER BY item ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS bytes_before
       FROM (SELECT * FROM batch_items WHERE batch = $1 AND item > $2 AND state = ANY($3) ORDER BY item LIMIT $4) AS page
     ) AS sized WHERE bytes_before < $5 ORDER BY item`,
    [batch.position, afterIndex ?? -1, storedStates(states, batch.ends_as), limit, maxBytes],
  );
  return rows.map((row) => decodeItemRow(row, batch));
}
