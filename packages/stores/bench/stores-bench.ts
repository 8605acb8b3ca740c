// What the embedded stores cost: CPU per append, the start, and reading with many records. Prints one line per figure.
// Argument: how many records to list from (default 200000).
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "@copilot-llm/model/testing";
import { openLowdbStores } from "../src/lowdb/open-lowdb-stores.js";
import { createRecordingLog } from "../test-support/recording-log.js";
import { measureAppends, measureReading, type RunOnStores } from "./measure-stores.js";

const withDirectory: RunOnStores = async (run) => {
  const dataDir = await mkdtemp(join(tmpdir(), "stores-bench-"));
  const open = () => openLowdbStores({ dataDir, encryptionKey: null, clock: systemClock, log: createRecordingLog() });
  let stores = await open();
  try {
    await run(stores, async () => {
      await stores.close();
      stores = await open();
      return stores;
    });
  } finally {
    await stores.close();
    await rm(dataDir, { recursive: true });
  }
};

await measureAppends(withDirectory, 1000, 20_000);
await measureAppends(withDirectory, 200_000, 2000);
await measureReading(withDirectory, Number(process.argv[2] ?? 200_000));
