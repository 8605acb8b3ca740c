import type { Secret } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { expect, it } from "vitest";
import { askBatches, askStores } from "../../../testing/ask-stores.js";
import { fillDataDirectory, filledFromMs } from "../../../testing/fill-data-directory.js";
import { keptEncryptionKey } from "../../../testing/kept-data-directories.js";
import { firstDatabaseWithBatches, readKeptDatabase } from "../../../testing/kept-databases.js";
import { sampleEntry, sampleKey } from "../../contract/index.js";
import { describeWithPostgres } from "../testing/describe-with-postgres.js";
import { withClient } from "../testing/start-postgres.js";
import { migrations } from "./migrations.js";

const versions = Array.from({ length: migrations.length }, (_, index) => index + 1);
const options = { encryptionKey: keptEncryptionKey, clock: createManualClock(filledFromMs) };

/** What no gateway leaves behind when it ends and, since version 2, the first user ends. */
const passing = ["gateways", "reservations", "setup_codes"];

async function listEmptyTables(databaseUrl: Secret): Promise<readonly string[]> {
  return withClient(databaseUrl.reveal(), async (client) => {
    const { rows } = await client.query<{ name: string }>(
      "SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p') AND NOT relispartition",
    );
    const empty: string[] = [];
    for (const { name } of rows) {
      const found = await client.query(`SELECT 1 FROM public.${name} LIMIT 1`);
      if (found.rowCount === 0) empty.push(name);
    }
    return empty.sort();
  });
}

describeWithPostgres(`databases of every schema version (so far: ${versions.join(", ")})`, (postgres) => {
  it.each(versions)(
    "open with everything that was in every table, and go on from there: version %i",
    async (version) => {
      const fresh = await postgres.openGateway(await postgres.server.createDatabase(), options);
      await fillDataDirectory(fresh);

      const databaseUrl = await postgres.server.createDatabase();
      const kept = await readKeptDatabase(version);
      await withClient(databaseUrl.reveal(), (client) => client.query(kept));
      expect((await listEmptyTables(databaseUrl)).filter((name) => !passing.includes(name))).toEqual([]);

      const stores = await postgres.openGateway(databaseUrl, options);
      expect(await askStores(stores)).toEqual(await askStores(fresh));
      if (version >= firstDatabaseWithBatches) expect(await askBatches(stores)).toEqual(await askBatches(fresh));

      const entry = sampleEntry(1, { keyId: "key_team", startedAtMs: filledFromMs });
      const used = async () =>
        (await stores.ledger.usageByKey(["key_team"], filledFromMs)).get("key_team")?.lifetime.requests;
      const usedBefore = (await used()) ?? 0;
      await stores.ledger.append(entry);
      await stores.keys.create(sampleKey("new"), null);
      expect(await used()).toBe(usedBefore + 1);
      expect((await stores.ledger.findRecord(entry.record.id))?.record).toEqual(entry.record);
      expect((await stores.keys.list()).map(({ id }) => id)).toEqual(["key_team", "key_bound", "key_new"]);
    },
  );
});
