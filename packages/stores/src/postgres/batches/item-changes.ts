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
import type { SqlClient } from "../connection/sql-client.js";
import { batchSelect, endBatches, lockBatches } from "./batch-rows.js";

/*
 * Items change only while their batch's row is locked, and locks of several batches are taken in order of position: no
 * two transactions can wait for each other in turn. Each function is to be called within a transaction.
 */

/** Whoever claims holds this lock, so that together nobody has more running than they may. */
const claimLock = 0x636c_7062;

const itemSelect = "item, custom_id, file_offset, file_bytes, state, tries, request_id, status, ended_at_ms, answer";

/** To a batch that is locked. */
export async function addItems(client: SqlClient, batch: number, items: readonly ItemToAdd[]): Promise<void> {
  await client.query(
    `WITH added AS (
       INSERT INTO batch_items (batch, item, custom_id, file_offset, file_bytes, state)
       SELECT $1, item, custom_id, file_offset, file_bytes, 'pending'
       FROM unnest($2::integer[], $3::text[], $4::bigint[], $5::integer[]) AS given (item, custom_id, file_offset, file_bytes)
       ON CONFLICT DO NOTHING RETURNING 1)
     UPDATE batches SET total = total + added.items, pending = pending + added.items
     FROM (SELECT count(*)::integer AS items FROM added) AS added WHERE position = $1`,
    [
      batch,
      items.map(({ index }) => index),
      items.map(({ customId }) => customId),
      items.map(({ offset }) => offset),
      items.map(({ length }) => length),
    ],
  );
}

export async function claimItems(
  client: SqlClient,
  { workerId, limit, maxRunning, nowMs, leaseUntilMs, exceptBatchIds = [] }: Parameters<BatchStore["claim"]>[0],
): Promise<readonly ClaimedItem[]> {
  await client.query("SELECT pg_advisory_xact_lock($1)", [claimLock]);
  await giveBackLapsed(client, nowMs);
  const running = await client.query<{ running: number }>(
    "SELECT count(*) AS running FROM batch_items WHERE state = 'running'",
  );
  let free = Math.min(limit, maxRunning - (running.rows[0]?.running ?? 0));
  if (free <= 0) return [];
  const open = await client.query<BatchRow>(
    `SELECT ${batchSelect} FROM batches WHERE ended_at_ms IS NULL AND status = 'in_progress' AND ends_as IS NULL
       AND pending > 0 AND expires_at_ms > $1 AND NOT id = ANY($2) ORDER BY position`,
    [nowMs, exceptBatchIds],
  );
  const claimed: ClaimedItem[] = [];
  for (const { position } of open.rows) {
    const items = await takeItems(client, position, { workerId, limit: free, nowMs, leaseUntilMs });
    claimed.push(...items);
    free -= items.length;
    if (free === 0) break;
  }
  return claimed;
}

async function takeItems(
  client: SqlClient,
  batch: number,
  claim: Pick<Parameters<BatchStore["claim"]>[0], "workerId" | "limit" | "nowMs" | "leaseUntilMs">,
): Promise<readonly ClaimedItem[]> {
  const { rows } = await client.query<ItemRow>(
    `UPDATE batch_items SET state = 'running', worker_id = $3, lease_until_ms = $4
     WHERE batch = $1 AND item IN
       (SELECT item FROM batch_items WHERE batch = $1 AND state = 'pending' AND retry_at_ms <= $5
        ORDER BY item LIMIT $2 FOR UPDATE SKIP LOCKED)
     RETURNING ${itemSelect}`,
    [batch, claim.limit, claim.workerId, claim.leaseUntilMs, claim.nowMs],
  );
  const counted = await client.query<BatchRow>(
    `UPDATE batches SET pending = pending - $1, running = running + $1 WHERE position = $2 RETURNING ${batchSelect}`,
    [rows.length, batch],
  );
  const [row] = counted.rows;
  if (row === undefined) return [];
  const decoded = decodeBatchRow(row);
  return rows.sort((a, b) => a.item - b.item).map((item) => ({ ...decodeItemRow(item, row), batch: decoded }));
}

export async function renewItems(client: SqlClient, workerId: string, leaseUntilMs: number): Promise<void> {
  await client.query("UPDATE batch_items SET lease_until_ms = $2 WHERE state = 'running' AND worker_id = $1", [
    workerId,
    leaseUntilMs,
  ]);
}

/** Locks every batch that has begun and not ended. */
export async function giveBackLapsed(client: SqlClient, nowMs: number): Promise<void> {
  const open = await lockBatches(client, "ended_at_ms IS NULL AND status <> 'validating'", []);
  if (open.length > 0) await giveBack(client, "lease_until_ms <= $1", [nowMs], nowMs);
}

export async function releaseItems(
  client: SqlClient,
  places: readonly ItemToRelease[],
  workerId: string,
  atMs: number,
): Promise<void> {
  const locked = await lockBatches(client, "id = ANY($1)", [places.map(({ batchId }) => batchId)]);
  for (const { id, position } of locked) {
    const released = places.filter(({ batchId }) => batchId === id);
    for (const { index, failed } of released) {
      if (failed !== undefined) await countTry(client, position, index, workerId, failed.retryAtMs);
    }
    const items = released.map(({ index }) => index);
    await giveBack(client, "batch = $1 AND item = ANY($2) AND worker_id = $3", [position, items, workerId], atMs);
  }
}

async function countTry(
  client: SqlClient,
  batch: number,
  index: number,
  workerId: string,
  retryAtMs: number,
): Promise<void> {
  await client.query(
    `UPDATE batch_items SET tries = tries + 1, retry_at_ms = $4
     WHERE batch = $1 AND item = $2 AND worker_id = $3 AND state = 'running'`,
    [batch, index, workerId, retryAtMs],
  );
}

async function giveBack(client: SqlClient, condition: string, values: readonly unknown[], atMs: number): Promise<void> {
  const { rows } = await client.query<{ position: number }>(
    `WITH given AS (
       UPDATE batch_items SET state = 'pending', worker_id = NULL, lease_until_ms = NULL
       WHERE state = 'running' AND ${condition} RETURNING batch),
     sums AS (SELECT batch, count(*)::integer AS items FROM given GROUP BY batch)
     UPDATE batches SET running = running - items,
       pending = pending + CASE WHEN ends_as IS NULL THEN items ELSE 0 END,
       cancelled = cancelled + CASE ends_as WHEN 'cancelled' THEN items ELSE 0 END,
       expired = expired + CASE ends_as WHEN 'expired' THEN items ELSE 0 END
     FROM sums WHERE position = batch RETURNING position`,
    [...values],
  );
  await endBatches(
    client,
    rows.map(({ position }) => position),
    atMs,
  );
}

/** Items that are settled or gone, and batches that are, stay as they are. */
export async function settleItems(
  client: SqlClient,
  items: readonly { readonly place: ItemPlace; readonly settled: ItemToSettle }[],
): Promise<void> {
  if (items.length === 0) return;
  const ids = [...new Set(items.map(({ place }) => place.batchId))];
  const locked = await lockBatches(client, "id = ANY($1) AND ended_at_ms IS NULL AND status <> 'validating'", [ids]);
  for (const batch of locked) {
    for (const { place, settled } of items) {
      if (place.batchId === batch.id) await settleItem(client, batch, place.index, settled);
    }
  }
}

async function settleItem(client: SqlClient, batch: BatchRow, index: number, settled: ItemToSettle): Promise<void> {
  const { state, requestId, status, answer, atMs } = settled;
  const { rows } = await client.query<{ was: string }>(
    `UPDATE batch_items AS item SET state = $3, worker_id = NULL, lease_until_ms = NULL, request_id = $4, status = $5,
       ended_at_ms = $6, answer = $7
     FROM (SELECT state AS was FROM batch_items WHERE batch = $1 AND item = $2) AS before
     WHERE batch = $1 AND item = $2 AND (state = 'running' OR state = 'pending' AND $8) RETURNING was`,
    [
      batch.position,
      index,
      state,
      requestId === null ? null : storableText(requestId),
      status,
      atMs,
      answer,
      batch.ends_as === null,
    ],
  );
  const [found] = rows;
  if (found === undefined) return;
  await client.query(
    `UPDATE batches SET ${found.was} = ${found.was} - 1, ${state} = ${state} + 1 WHERE position = $1`,
    [batch.position],
  );
  await endBatches(client, [batch.position], atMs);
}
