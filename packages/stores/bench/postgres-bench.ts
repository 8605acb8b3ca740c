// What the PostgreSQL stores cost, on a server that is started for it. Prints one line per figure.
// Argument: how many records to list from (default 200000).
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@copilot-llm/model";
import { systemClock } from "@copilot-llm/model/testing";
import { openPostgresStores } from "../src/postgres/open-postgres-stores.js";
import { findPostgres, startPostgres } from "../src/postgres/testing/start-postgres.js";
import { createRecordingLog } from "../testing/recording-log.js";
import { measureAppends } from "./measure-appends.js";
import { fillYear, measureReading, yearOfRequests } from "./measure-reading.js";

const bin = findPostgres();
if (bin === null) throw new Error("PostgreSQL is not installed: apt-get install postgresql");
const server = await startPostgres(bin);

const spoolDir = await mkdtemp(join(tmpdir(), "stores-bench-"));
const report = (what: string, figure: number, unit: string) => {
  process.stdout.write(`${what}: ${figure.toFixed(1)} ${unit}\n`);
};

try {
  const encryptionKey = new Secret("5e".repeat(32));
  const databaseUrl = await server.createDatabase();
  const log = createRecordingLog();
  const stores = await openPostgresStores({ databaseUrl, encryptionKey, spoolDir, clock: systemClock, log });
  await measureAppends(stores, 1000, 20_000, report);
  await measureAppends(stores, 200_000, 2000, report);
  const requests = yearOfRequests(Number(process.argv[2] ?? 200_000), Date.UTC(2026, 6, 1));
  await fillYear(stores, requests);
  await measureReading(stores, requests, report);
  await stores.close();
} finally {
  await server.dispose();
  await rm(spoolDir, { recursive: true });
}
