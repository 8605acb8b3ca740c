import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Secret } from "@copilot-llm/model";
import { afterAll, beforeAll, describe, it } from "vitest";
import { createRecordingLog } from "../../test-support/recording-log.js";
import { type ManualClock, type StoresUnderTest, storesContract } from "../contract/index.js";
import { openPostgresStores } from "./open-postgres-stores.js";
import { findPostgres, type PostgresServer, startPostgres } from "./testing/start-postgres.js";

const bin = findPostgres();
let server: PostgresServer;

beforeAll(async () => {
  if (bin !== null) server = await startPostgres(bin);
});

afterAll(async () => {
  if (bin !== null) await server.dispose();
});

async function openAt(databaseUrl: Secret, spoolDir: string, clock: ManualClock): Promise<StoresUnderTest> {
  const encryptionKey = new Secret("5e".repeat(32));
  const stores = await openPostgresStores({ databaseUrl, encryptionKey, spoolDir, clock, log: createRecordingLog() });
  return {
    stores,
    async reopen() {
      await stores.close();
      return openAt(databaseUrl, spoolDir, clock);
    },
    async dispose() {
      await stores.close();
      await rm(spoolDir, { recursive: true });
    },
  };
}

describe.skipIf(bin === null)("postgres stores (where PostgreSQL is installed: apt-get install postgresql)", () => {
  storesContract({ describe, it }, async (clock) =>
    openAt(await server.createDatabase(), await mkdtemp(join(tmpdir(), "spool-")), clock),
  );
});
