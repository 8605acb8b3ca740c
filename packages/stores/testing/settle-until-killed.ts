// Works on the batch of the stores in the directory given until it is killed, and prints what was acknowledged, line by
// line: the item's index and the request's id. Arguments: directory, round.
import { writeSync } from "node:fs";
import { systemClock } from "@copilot-llm/model/testing";
import { sampleClaim, sampleItemEntry } from "../src/contract/batch-samples.js";
import { sampleRequestId, sampleStartMs } from "../src/contract/samples.js";
import { openLowdbStores } from "../src/lowdb/open-lowdb-stores.js";
import { createRecordingLog } from "./recording-log.js";

const [dataDir = "", round = "0"] = process.argv.slice(2);
const stores = await openLowdbStores({ dataDir, encryptionKey: null, clock: systemClock, log: createRecordingLog() });
// Of a process that was killed nothing waits for its lease.
const leaseUntilMs = sampleStartMs + 1e12;

for (let sequence = Number(round) * 1e6; ; ) {
  const claimed = await stores.batches.claim(sampleClaim({ workerId: `round ${round}`, limit: 10, leaseUntilMs }));
  await Promise.all(
    claimed.map(async (item) => {
      sequence += 1;
      const entry = sampleItemEntry(sequence, item, sampleRequestId(sampleStartMs, sequence));
      await stores.ledger.append(entry);
      writeSync(1, `${item.index} ${entry.record.id}\n`);
    }),
  );
}
