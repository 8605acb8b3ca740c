// What the PostgreSQL stores cost, on a server that is started for it. Prints one line per figure.
// Argument: how many records to list from (default 200000).
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@copilot-llm/model";
import { systemClock } from "@copilot-llm/model/testing";
import { openPostgresStores } from "../src/postgres/open-postgres-stores.js";
import { findPostgres, startPostgres } from "../src/postgres/testing/start-postgres.js";
import { createRecordingLog } from "../test-support/recording-log.js";
import { measureAppends, measureReading, type RunOnStores } from "./measure-stores.js";

const bin = findPostgres();
if (bin === null) throw new Error("PostgreSQL is not installed: apt-get install postgresql");
const server = await startPostgres(bin);

const withDatabase: RunOnStores = async (run) => {
  const databaseUrl = await server.createDatabase();
  const spoolDir = await mkdtemp(join(tmpdir(), "stores-bench-"));
  const encryptionKey = new Secret("5e".repeat(32));
  const open = () =>
    openPostgresStores({ databaseUrl, encryptionKey, spoolDir, clock: systemClock, log: createRecordingLog() });
  let stores = await open();
  try {
    await run(stores, async () => {
      await stores.close();
      stores = await open();
      return stores;
    });
  } finally {
    await stores.close();
    await rm(spoolDir, { recursive: true });
  }
};

try {
  await measureAppends(withDatabase, 1000, 20_000);
  await measureAppends(withDatabase, 200_000, 2000);
  await measureReading(withDatabase, Number(process.argv[2] ?? 200_000));
} finally {
  await server.dispose();
}
