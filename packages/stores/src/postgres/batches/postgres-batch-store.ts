import { GatewayError, hourMs } from "@copilot-llm/model";
import { checkCustomIds } from "../../batches/check-custom-ids.js";
import { type BatchRow, createBatch, decodeBatchRow } from "../../batches/stored-batch.js";
import type { BatchStore } from "../../interfaces/batch-store.js";
import { storableText } from "../../stored-text/storable-text.js";
import type { DatabaseAccess } from "../connection/database.js";
import { createSqlClient, type SqlClient } from "../connection/sql-client.js";
import { mapTaken } from "../map-taken.js";
import { recordChange } from "../postgres-audit-store.js";
import { endBatches, insertBatch, lockBatches, requireBatch, requireValidating, stopBatch } from "./batch-rows.js";
import { addItems, claimItems, giveBackLapsed, releaseItems, renewItems, settleItems } from "./item-changes.js";
import { leaseEntities } from "./lease-entities.js";
import { removeExpiredFiles, removeInternalFile } from "./postgres-file-store.js";
import { findBatchRow, listBatches, readResults } from "./read-batches.js";

/** A batch that is validated for longer has been given up. */
const longestValidationMs = hourMs;

export function createBatchStore(database: DatabaseAccess): BatchStore {
  const read = <Result>(work: (client: SqlClient) => Promise<Result>) =>
    database.read((tables) => work(createSqlClient(tables)));
  const change = <Result>(work: (client: SqlClient) => Promise<Result>) =>
    database.change((tables) => work(createSqlClient(tables)));
  return {
    async create(batch) {
      const created = createBatch({ ...batch, ownerName: storableText(batch.ownerName) });
      await mapTaken({ batches_id: "There is a batch with this id already." }, () =>
        change((client) => insertBatch(client, created)),
      );
      return created;
    },
    async addItems(id, items) {
      checkCustomIds(items);
      await change(async (client) => addItems(client, (await requireValidating(client, id)).position, items));
    },
    start: (id, atMs) =>
      change(async (client) => {
        const { position } = await requireValidating(client, id);
        await client.query("UPDATE batches SET status = 'in_progress', started_at_ms = $2 WHERE position = $1", [
          position,
          atMs,
        ]);
        await endBatches(client, [position], atMs);
        return decodeBatchRow(await requireBatch(client, id));
      }),
    fail: (id, problems, atMs) =>
      change(async (client) => {
        const { position } = await requireValidating(client, id);
        await client.query("DELETE FROM batch_items WHERE batch = $1", [position]);
        await client.query(
          "UPDATE batches SET status = 'failed', ended_at_ms = $2, problems = $3, total = 0, pending = 0 WHERE position = $1",
          [position, atMs, JSON.stringify(problems)],
        );
        return decodeBatchRow(await requireBatch(client, id));
      }),
    find: (id) =>
      read(async (client) => {
        const row = await findBatchRow(client, id);
        return row && decodeBatchRow(row);
      }),
    list: (query) => read((client) => listBatches(client, query)),
    claim: (claim) => change((client) => claimItems(client, claim)),
    leaseEntities: (claim) => change((client) => leaseEntities(client, claim)),
    renew: (workerId, leaseUntilMs) => change((client) => renewItems(client, workerId, leaseUntilMs)),
    release: (items, workerId, atMs) => change((client) => releaseItems(client, items, workerId, atMs)),
    settle: (place, settled) => change((client) => settleItems(client, [{ place, settled }])),
    cancel: (id, atMs, audited) =>
      database.change(async (tables) => {
        const client = createSqlClient(tables);
        const row = await requireBatch(client, id);
        const isOpen = row.status === "in_progress" || row.status === "validating";
        if (!isOpen || row.ends_as !== null) return decodeBatchRow(row);
        await stopBatch(client, row.position, "cancelled", atMs);
        await recordChange(tables, audited, decodeBatchRow(row));
        return decodeBatchRow(await requireBatch(client, id));
      }),
    async expire({ nowMs, endedBeforeMs }) {
      await change(async (client) => {
        await giveBackLapsed(client, nowMs);
        const due = await lockBatches(
          client,
          "ended_at_ms IS NULL AND status = 'in_progress' AND ends_as IS NULL AND expires_at_ms <= $1",
          [nowMs],
        );
        for (const { position } of due) await stopBatch(client, position, "expired", nowMs);
      });
      // One at a time: each may have many items.
      while (await change((client) => removeOld(client, nowMs, endedBeforeMs)));
      await change((client) => removeExpiredFiles(client, nowMs));
    },
    results: (batchId, query) => read((client) => readResults(client, batchId, query)),
    remove: (id, audited) =>
      database.change(async (tables) => {
        const client = createSqlClient(tables);
        const [row] = await lockBatches(client, "id = $1", [id]);
        if (row === undefined) return false;
        if (row.ended_at_ms === null && row.status !== "validating") {
          throw new GatewayError("conflict", "The batch has not ended yet.");
        }
        await removeBatch(client, row);
        await recordChange(tables, audited, decodeBatchRow(row));
        return true;
      }),
  };
}

async function removeBatch(client: SqlClient, { position, file_id: fileId }: BatchRow): Promise<void> {
  await client.query("DELETE FROM batches WHERE position = $1", [position]);
  await client.query("DELETE FROM batch_items WHERE batch = $1", [position]);
  await removeInternalFile(client, fileId);
}

/** Whether there was one. */
async function removeOld(client: SqlClient, nowMs: number, endedBeforeMs: number): Promise<boolean> {
  const [old] = await lockBatches(
    client,
    `position = (SELECT min(position) FROM batches
       WHERE ended_at_ms < $1 OR status = 'validating' AND created_at_ms <= $2)`,
    [endedBeforeMs, nowMs - longestValidationMs],
  );
  if (old !== undefined) await removeBatch(client, old);
  return old !== undefined;
}
