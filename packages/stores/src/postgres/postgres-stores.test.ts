import { defaultSettings } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { createRecordingLog } from "../../testing/recording-log.js";
import { type ManualClock, type StoresUnderTest, sampleKey, storesContract } from "../contract/index.js";
import { openPostgresStores, type PostgresStoresOptions } from "./open-postgres-stores.js";
import { describeWithPostgres, encryptionKey } from "./testing/describe-with-postgres.js";
import { endTableFaults, failTableWrites } from "./testing/fail-table-writes.js";
import { withClient } from "./testing/start-postgres.js";

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
  it("read what was stored before a limit or a setting came up as having none", async () => {
    const databaseUrl = await postgres.server.createDatabase();
    const stores = await postgres.openGateway(databaseUrl);
    await stores.keys.create(sampleKey("a"), null);
    await stores.settings.update(() => ({ recording: "off" }), null);
    await withClient(databaseUrl.reveal(), async (client) => {
      await client.query(`UPDATE api_keys SET limits = (limits::jsonb - 'maxPremiumRequests')::json`);
      await client.query(
        `UPDATE settings SET settings = ((settings::jsonb #- '{keyDefaults,limits,maxCredits}') - 'modelFallbacks'::text)::json`,
      );
    });
    expect((await stores.keys.list())[0]?.limits).toEqual({ ...sampleKey("a").limits, maxPremiumRequests: null });
    expect(await stores.settings.read()).toEqual({ ...defaultSettings, recording: "off" });
  });

  storesContract({ describe, it }, async (clock) =>
    openAt({ databaseUrl: await postgres.server.createDatabase(), spoolDir: await postgres.createSpoolDir() }, clock),
  );
});
