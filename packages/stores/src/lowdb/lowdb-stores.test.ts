import { cpSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { Log } from "@copilot-llm/model";
import { describe, it } from "vitest";
import { failFileWrites } from "../../test-support/fail-file-writes.js";
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
      await stores.close();
      await rm(dataDir, { recursive: true });
      return openAt(copy, clock, options);
    },
    async failWrites(faults) {
      endFaults = await failFileWrites(faults);
      return { end: async () => endFaults() };
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

describe("lowdb stores with tiny segments, synced at every write", () => {
  storesContract({ describe, it }, createStoresWith({ segmentEntries: 40, fsync: "always" }));
});

describe("lowdb stores that compress every segment at once", () => {
  const createStores = createStoresWith({ segmentEntries: 25, compressAfterMs: 0 });
  storesContract({ describe, it }, (clock) => createStores(withImmediateTimers(clock)));
});

function withImmediateTimers(clock: ManualClock): ManualClock {
  return {
    ...clock,
    schedule(delayMs, callback) {
      if (delayMs > 0) return clock.schedule(delayMs, callback);
      const immediate = setImmediate(callback);
      return () => clearImmediate(immediate);
    },
  };
}
