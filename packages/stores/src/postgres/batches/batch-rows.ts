import { type Batch, GatewayError } from "@copilot-llm/model";
import { type BatchRow, batchColumns, type EndsAs, encodeBatchRow } from "../../batches/stored-batch.js";
import type { SqlClient } from "../connection/sql-client.js";

const jsonColumns: ReadonlySet<string> = new Set(["wire_headers", "metadata", "problems"]);

/** A row as both backends read it: JSON as text. */
export const batchSelect = ["position", ...batchColumns]
  .map((column) => (jsonColumns.has(column) ? `${column}::text AS ${column}` : column))
  .join(", ");

export async function insertBatch(client: SqlClient, batch: Batch): Promise<number> {
  const { rows } = await client.query<{ position: number }>(
    `INSERT INTO batches (${batchColumns.join(", ")}) VALUES (${batchColumns.map((_, index) => `$${index + 1}`).join(", ")})
     RETURNING position`,
    [...encodeBatchRow(batch)],
  );
  return rows[0]?.position ?? 0;
}

/** In order of position, as everybody locks them. */
export async function lockBatches(
  client: SqlClient,
  condition: string,
  values: readonly unknown[],
): Promise<readonly BatchRow[]> {
  const { rows } = await client.query<BatchRow>(
    `SELECT ${batchSelect} FROM batches WHERE ${condition} ORDER BY position FOR UPDATE`,
    [...values],
  );
  return rows;
}

/** Locks it. Throws `not_found`. */
export async function requireBatch(client: SqlClient, id: string): Promise<BatchRow> {
  const [row] = await lockBatches(client, "id = $1", [id]);
  if (row === undefined) throw new GatewayError("not_found", "There is no batch with this id.");
  return row;
}

/** As `requireBatch`; throws `conflict` for one that has been validated. */
export async function requireValidating(client: SqlClient, id: string): Promise<BatchRow> {
  const row = await requireBatch(client, id);
  if (row.status !== "validating") throw new GatewayError("conflict", "The batch is not being validated any more.");
  return row;
}

/** Of a batch that is locked: what is pending counts as this from now on. */
export async function stopBatch(client: SqlClient, position: number, endsAs: EndsAs, atMs: number): Promise<void> {
  await client.query(
    endsAs === "cancelled"
      ? `UPDATE batches SET ends_as = 'cancelled', cancelled = pending, pending = 0, status = 'cancelling',
           cancel_requested_at_ms = $2 WHERE position = $1`
      : "UPDATE batches SET ends_as = 'expired', expired = pending, pending = 0 WHERE position = $1",
    endsAs === "cancelled" ? [position, atMs] : [position],
  );
  await endBatches(client, [position], atMs);
}

/** Those of which nothing is left to do. */
export async function endBatches(client: SqlClient, positions: readonly number[], atMs: number): Promise<void> {
  if (positions.length === 0) return;
  await client.query(
    `UPDATE batches SET status = coalesce(ends_as, 'completed'), ended_at_ms = $2
     WHERE position = ANY($1) AND status IN ('in_progress', 'cancelling') AND pending = 0 AND running = 0`,
    [positions, atMs],
  );
}
