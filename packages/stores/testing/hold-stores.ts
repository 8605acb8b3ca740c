// Opens the stores in the directory given, with the encryption key if one is, and keeps them until it is killed.

import { Secret } from "@copilot-llm/model";
import { systemClock } from "@copilot-llm/model/testing";
import { openLowdbStores } from "../src/lowdb/open-lowdb-stores.js";
import { createRecordingLog } from "./recording-log.js";

const stores = await openLowdbStores({
  dataDir: process.argv[2] ?? "",
  encryptionKey: process.argv[3] === undefined ? null : new Secret(process.argv[3]),
  clock: systemClock,
  log: createRecordingLog(),
});
process.stdout.write("open\n");
setInterval(() => stores.health(), 60_000);
