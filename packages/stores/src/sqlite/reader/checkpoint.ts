import { statSync } from "node:fs";
import type { SqlDatabase } from "../driver/sql-database.js";

/** What the log keeps on disk once there is time for it: to write into pages that are there costs less than new ones. */
const largestKeptLogBytes = 4 << 20;

/** How long to wait for a lock. The writer holds none for long. */
export const busyTimeoutMs = 5000;
/** For another program that may go on for long, while others wait to read. */
const shortWaitMs = 100;

/** Brings what the write-ahead log holds into the database, beside the writing. */
export function checkpoint(database: SqlDatabase): void {
  database.prepare("PRAGMA wal_checkpoint(PASSIVE)").get();
}

/**
 * Gives back what the log took of the disk in a busy hour. For when little is written: whoever writes meanwhile waits for a
 * moment.
 */
export function shrinkLog(database: SqlDatabase, path: string): void {
  const size = statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestKeptLogBytes) emptyLog(database);
}

/**
 * Leaves nothing in the log: what was removed from the database would stand there still. False while another program
 * reads the database.
 */
export function emptyLog(database: SqlDatabase): boolean {
  database.exec(`PRAGMA busy_timeout = ${shortWaitMs}`);
  try {
    return database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get<{ busy: number }>()?.busy === 0;
  } finally {
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`);
  }
}
