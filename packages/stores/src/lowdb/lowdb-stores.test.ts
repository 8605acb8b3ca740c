import { cpSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Log } from "@copilot-llm/model";
import { describe, it } from "vitest";
import { endDatabaseFaults, failDatabaseWrites } from "../../testing/fail-database-writes.js";
import { failFileWrites } from "../../testing/fail-file-writes.js";
import { type CreateStores, type ManualClock, type StoresUnderTest, storesContract } from "../contract/index.js";
import { type LowdbStoresOptions, openLowdbStores } from "./open-lowdb-stores.js";

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

function createStoresWith(options: Partial<LowdbStoresOptions>): CreateStores {
  return async (clock) => openAt(await mkdtemp(join(tmpdir(), "stores-")), clock, options);
}

async function openAt(
  dataDir: string,
  clock: ManualClock,
  options: Partial<LowdbStoresOptions>,
): Promise<StoresUnderTest> {
  const stores = await openLowdbStores({ dataDir, encryptionKey: null, clock, log: silent, ...options });
  let endFaults = () => {};
  return {
    stores,
    async reopen() {
      await stores.close();
      return openAt(dataDir, clock, options);
    },
    async crash() {
      const copy = await mkdtemp(join(tmpdir(), "stores-"));
      cpSync(dataDir, copy, { recursive: true, filter: (path) => !basename(path).startsWith("lock.") });
      endFaults();
      await endDatabaseFaults(join(copy, "ledger.sqlite"));
      await stores.close();
      await rm(dataDir, { recursive: true });
      return openAt(copy, clock, options);
    },
    async failWrites(faults) {
      const endFileFaults = await failFileWrites(faults);
      await failDatabaseWrites(join(dataDir, "ledger.sqlite"), faults);
      endFaults = endFileFaults;
      return {
        async end() {
          endFileFaults();
          await endDatabaseFaults(join(dataDir, "ledger.sqlite"));
        },
      };
    },
    async dispose() {
      endFaults();
      await stores.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

describe("lowdb stores", () => {
  storesContract({ describe, it }, createStoresWith({}));
});

describe("lowdb stores with tiny files of bodies, synced at every write", () => {
  storesContract({ describe, it }, createStoresWith({ fullBodyFileBytes: 100, fsync: "always" }));
});
