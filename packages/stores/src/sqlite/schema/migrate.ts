import { createStoreFailure, createUnknownVersion } from "../../failure/store-failure.js";
import type { SqlDatabase } from "../driver/sql-database.js";
import type { Migration } from "./migration.js";
import { migrations } from "./migrations.js";

/** "CLPL": tells other programs whose database it is. */
const applicationId = 0x434c_504c;

export interface MigrateOptions {
  readonly path: string;
  /** The database must be there already: an empty one has lost what it held. */
  readonly isExpected: boolean;
  readonly known?: readonly Migration[];
}

/** Brings the schema to this version, in one transaction. Refuses, and leaves as it is, what a newer version made. */
export function migrate(database: SqlDatabase, { path, isExpected, known = migrations }: MigrateOptions): void {
  const version = database.prepare("PRAGMA user_version").get<{ user_version: number }>()?.user_version ?? 0;
  if (version > known.length) throw createUnknownVersion(path, version, known.length);
  if (version === 0 && isExpected) {
    throw createStoreFailure(`${path} is damaged (it is empty): restore it from a backup. It has been left as it is.`);
  }
  if (version === known.length) return;
  database.exec("BEGIN IMMEDIATE");
  try {
    for (const { statements } of known.slice(version)) database.exec(statements);
    database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${known.length}`);
    database.exec("COMMIT");
  } catch (error) {
    if (database.isInTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
