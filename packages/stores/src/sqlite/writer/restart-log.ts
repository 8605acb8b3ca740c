import type { SqlDatabase } from "../driver/sql-database.js";
import { writerBusyTimeoutMs } from "./open-writer-database.js";

/**
 * Brings in what a checkpoint beside the writing has left of the log, and lets it begin anew with the next write. For the
 * connection that writes: beside one that writes without a pause, no other finds the moment for it, and the log grows. Waits
 * for nobody; false where somebody reads what only the log holds.
 */
export function restartLog(database: SqlDatabase): boolean {
  database.exec("PRAGMA busy_timeout = 0");
  try {
    return database.prepare("PRAGMA wal_checkpoint(RESTART)").get<{ busy: number }>()?.busy === 0;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${writerBusyTimeoutMs}`);
  }
}
