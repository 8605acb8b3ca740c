// Writes a database as this version leaves it into a file of SQL, for `kept-databases.ts`. Argument: file.
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { createManualClock } from "@copilot-llm/model/testing";
import { openPostgresStores } from "../src/postgres/open-postgres-stores.js";
import { findPostgres, startPostgres } from "../src/postgres/testing/start-postgres.js";
import { fillDataDirectory, filledFromMs } from "./fill-data-directory.js";
import { keptEncryptionKey } from "./kept-data-directories.js";
import { createRecordingLog } from "./recording-log.js";

const bin = findPostgres();
if (bin === null) throw new Error("apt-get install postgresql");
const server = await startPostgres(bin);
const spoolDir = await mkdtemp(join(tmpdir(), "spool-"));
try {
  const databaseUrl = await server.createDatabase();
  const clock = createManualClock(filledFromMs);
  const log = createRecordingLog();
  const stores = await openPostgresStores({ databaseUrl, encryptionKey: keptEncryptionKey, spoolDir, clock, log });
  await fillDataDirectory(stores);
  await stores.close();
  const options = ["--inserts", "--rows-per-insert=100", "--no-owner", "--no-privileges"];
  const dump = execFileSync(join(bin, "pg_dump"), [...options, databaseUrl.reveal()], { encoding: "utf8" });
  // What only psql or a later server understands.
  const statements = dump.replace(/^(\\.*|SET transaction_timeout.*)\n/gm, "");
  await writeFile(process.argv[2] ?? "database.sql.gz", gzipSync(statements));
} finally {
  await server.dispose();
  await rm(spoolDir, { recursive: true });
}
