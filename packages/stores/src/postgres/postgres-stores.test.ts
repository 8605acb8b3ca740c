import { describe, it } from "vitest";
import { createRecordingLog } from "../../test-support/recording-log.js";
import { type ManualClock, type StoresUnderTest, storesContract } from "../contract/index.js";
import { openPostgresStores, type PostgresStoresOptions } from "./open-postgres-stores.js";
import { describeWithPostgres, encryptionKey } from "./testing/describe-with-postgres.js";
import { endTableFaults, failTableWrites } from "./testing/fail-table-writes.js";

async function openAt(
  place: Pick<PostgresStoresOptions, "databaseUrl" | "spoolDir">,
  clock: ManualClock,
): Promise<StoresUnderTest> {
  const stores = await openPostgresStores({ ...place, encryptionKey, clock, log: createRecordingLog() });
  return {
    stores,
    async reopen() {
      await stores.close();
      return openAt(place, clock);
    },
    async crash() {
      await endTableFaults(place.databaseUrl);
      const next = await openAt(place, clock);
      await stores.close();
      return next;
    },
    async failWrites(faults) {
      await failTableWrites(place.databaseUrl, faults);
      return { end: () => endTableFaults(place.databaseUrl) };
    },
    dispose: () => stores.close(),
  };
}

describeWithPostgres("postgres stores", (postgres) => {
  storesContract({ describe, it }, async (clock) =>
    openAt({ databaseUrl: await postgres.server.createDatabase(), spoolDir: await postgres.createSpoolDir() }, clock),
  );
});
