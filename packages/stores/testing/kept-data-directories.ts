import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createGunzip } from "node:zlib";
import { Secret } from "@copilot-llm/model";
import { restoreLowdbBackup } from "../src/lowdb/backup/restore-backup.js";
import { createTemporaryDirectory } from "./temporary-directory.js";

/** By the version of the ledger's schema. Each was filled by `write-data-directory.ts` with the software of its time. */
export const keptDataDirectories: readonly number[] = [1, 2, 3, 4, 5, 6];

/** Earlier ones had no batches. */
export const firstWithBatches = 2;

/** With which the tokens in them are encrypted. */
export const keptEncryptionKey = new Secret("5e".repeat(32));

/** A copy that goes when the test ends. */
export async function unpackDataDirectory(version: number): Promise<string> {
  const dataDir = join(await createTemporaryDirectory(), "data");
  const archive = join(import.meta.dirname, "data-directories", `${version}.tar.gz`);
  await restoreLowdbBackup(createReadStream(archive).pipe(createGunzip()), dataDir);
  return dataDir;
}
