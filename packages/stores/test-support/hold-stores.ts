// Opens the stores in the directory given and keeps them until it is killed.

import { systemClock } from "@copilot-llm/model/testing";
import { openLowdbStores } from "../src/lowdb/open-lowdb-stores.js";
import { createRecordingLog } from "./recording-log.js";

const stores = await openLowdbStores({
  dataDir: process.argv[2] ?? "",
  encryptionKey: null,
  clock: systemClock,
  log: createRecordingLog(),
});
process.stdout.write("open\n");
setInterval(() => stores.health(), 60_000);
