import type pg from "pg";
import { createStoreFailure } from "../../failure/store-failure.js";
import type { Migration } from "./migration.js";
import { migrations } from "./migrations.js";

const oldestServer = 140_000;
/** Whoever migrates holds this lock; every other gateway waits for it. */
const migrationLock = 0x636c_706d;

/**
 * Brings the schema to this version, in one transaction, while no other gateway does. Refuses an old server, and a
 * schema that a newer version made: nothing is changed then.
 */
export async function migrate(client: pg.ClientBase, known: readonly Migration[] = migrations): Promise<void> {
  await checkServer(client);
  await client.query("BEGIN");
  try {
    await client.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
    await client.query(
      "CREATE TABLE IF NOT EXISTS schema_versions (version integer PRIMARY KEY, name text NOT NULL, made_at timestamptz NOT NULL DEFAULT now())",
    );
    const { rows } = await client.query<{ version: number }>(
      "SELECT coalesce(max(version), 0) AS version FROM schema_versions",
    );
    const current = rows[0]?.version ?? 0;
    if (current > known.length) {
      throw createStoreFailure(
        `The database has schema version ${current}, made by a newer version of the gateway; this one knows up to ${known.length}: run the newer version. Nothing was changed.`,
      );
    }
    for (const [index, { name, statements }] of known.entries()) {
      if (index < current) continue;
      await client.query(statements);
      await client.query("INSERT INTO schema_versions (version, name) VALUES ($1, $2)", [index + 1, name]);
    }
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function checkServer(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ number: string; version: string; encoding: string }>(
    "SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS version, current_setting('server_encoding') AS encoding",
  );
  const [server] = rows;
  if (Number(server?.number) < oldestServer) {
    throw createStoreFailure(`DATABASE_URL leads to PostgreSQL ${server?.version}: version 14 or later is needed.`);
  }
  if (server?.encoding !== "UTF8") {
    throw createStoreFailure(`The database has the encoding ${server?.encoding}: create it with UTF8.`);
  }
}
