// Appends to the stores in the directory given until it is killed, and prints what was acknowledged, line by line:
// `open` first, then the id of each request whose append resolved. Arguments: directory, round, callers.
import { writeSync } from "node:fs";
import { systemClock } from "@copilot-llm/model/testing";
import { sampleCharges, sampleRecord, sampleRequestId, sampleReservation } from "../src/contract/samples.js";
import { openLowdbStores } from "../src/lowdb/open-lowdb-stores.js";
import { createRecordingLog } from "./recording-log.js";

const [dataDir = "", round = "0", callers = "1"] = process.argv.slice(2);

const stores = await openLowdbStores({
  dataDir,
  encryptionKey: null,
  clock: systemClock,
  log: createRecordingLog(),
  fullBodyFileBytes: 1 << 20,
});
writeSync(1, "open\n");

async function appendForever(caller: number): Promise<never> {
  for (let count = 0; ; count += 1) {
    const startedAtMs = Date.now();
    const id = sampleRequestId(startedAtMs, Number(round) * 1e9 + caller * 1e6 + count);
    await stores.ledger.reserve(sampleReservation(0, { id, atMs: startedAtMs }));
    const response = Buffer.alloc((count * 7919 + caller * 104729) % 30_000, caller);
    await stores.ledger.append({
      record: sampleRecord(0, { id, startedAtMs, recording: "full" }),
      bodies: { request: Buffer.from(id), response },
      charges: sampleCharges(),
    });
    writeSync(1, `${id}\n`);
  }
}

await Promise.all(Array.from({ length: Number(callers) }, (_, caller) => appendForever(caller)));
