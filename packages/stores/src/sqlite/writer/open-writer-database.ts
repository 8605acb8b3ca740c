import { closeSync, constants, openSync } from "node:fs";
import { openDatabase } from "../driver/open-database.js";
import type { SqlDatabase } from "../driver/sql-database.js";
import { migrate } from "../schema/migrate.js";

/** Other programs may look into the database while it is in use; one that writes is waited for. */
export const writerBusyTimeoutMs = 5000;

export interface WriterDatabaseOptions {
  readonly path: string;
  readonly isExpected: boolean;
  readonly syncsAlways: boolean;
}

/** The one connection that writes, with the schema of this version. */
export async function openWriterDatabase({
  path,
  isExpected,
  syncsAlways,
}: WriterDatabaseOptions): Promise<SqlDatabase> {
  // SQLite would make it readable for others.
  if (!isExpected) closeSync(openSync(path, constants.O_RDWR | constants.O_CREAT, 0o600));
  const database = await openDatabase(path, { readOnly: false, busyTimeoutMs: writerBusyTimeoutMs });
  try {
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${syncsAlways ? "FULL" : "NORMAL"};
      PRAGMA wal_autocheckpoint = 0;
      PRAGMA secure_delete = ON;
      PRAGMA cell_size_check = ON;
      PRAGMA cache_size = -8000;
      PRAGMA temp_store = MEMORY;
    `);
    migrate(database, { path, isExpected });
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
