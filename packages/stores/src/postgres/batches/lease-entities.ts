import type { EntityClaim } from "../../interfaces/batch-store.js";
import { storableText } from "../../stored-text/storable-text.js";
import type { SqlClient } from "../connection/sql-client.js";

/** As `BatchStore.leaseEntities`. Rows are taken in one order by every gateway. */
export async function leaseEntities(
  client: SqlClient,
  { workerId, entityIds, nowMs, leaseUntilMs }: EntityClaim,
): Promise<ReadonlyMap<string, number>> {
  const byStoredId = new Map(entityIds.map((entityId) => [storableText(entityId), entityId]));
  const { rows } = await client.query<{ entity_id: string; since_ms: number }>(lease, [
    [...byStoredId.keys()].sort(),
    workerId,
    nowMs,
    leaseUntilMs,
  ]);
  return new Map(rows.map((row) => [byStoredId.get(row.entity_id) ?? row.entity_id, row.since_ms]));
}

const lease = `
  INSERT INTO batch_entity_leases AS known (entity_id, worker_id, since_ms, lease_until_ms)
  SELECT entity_id, $2, $3, $4 FROM unnest($1::text[]) AS entity_id
  ON CONFLICT (entity_id) DO UPDATE SET
    worker_id = excluded.worker_id,
    since_ms = CASE WHEN known.lease_until_ms <= $3 THEN excluded.since_ms ELSE known.since_ms END,
    lease_until_ms = excluded.lease_until_ms
  WHERE known.worker_id = excluded.worker_id OR known.lease_until_ms <= $3
  RETURNING entity_id, since_ms`;
