import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

/** Earlier ones had no batches. */
export const firstDatabaseWithBatches = 8;

/** SQL that makes the database that `write-database.ts` filled with the software of this schema version. */
export async function readKeptDatabase(schemaVersion: number): Promise<string> {
  const path = join(import.meta.dirname, "databases", `${schemaVersion}.sql.gz`);
  return gunzipSync(await readFile(path)).toString();
}
