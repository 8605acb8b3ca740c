// Appends to the PostgreSQL stores until it is killed, and prints what was acknowledged, line by line: `open` first,
// then the id of each request whose append resolved. Arguments: the database's URL, the spool's directory.
import { writeSync } from "node:fs";
import { Secret } from "@copilot-llm/model";
import { systemClock } from "@copilot-llm/model/testing";
import { sampleCharges, sampleRecord, sampleRequestId } from "../src/contract/samples.js";
import { openPostgresStores } from "../src/postgres/open-postgres-stores.js";
import { createRecordingLog } from "./recording-log.js";

const [databaseUrl = "", spoolDir = ""] = process.argv.slice(2);
const stores = await openPostgresStores({
  databaseUrl: new Secret(databaseUrl),
  encryptionKey: new Secret("5e".repeat(32)),
  spoolDir,
  clock: systemClock,
  log: createRecordingLog(),
});
writeSync(1, "open\n");

async function appendForever(caller: number): Promise<never> {
  for (let count = 0; ; count += 1) {
    const startedAtMs = Date.now();
    const id = sampleRequestId(startedAtMs, caller * 1e6 + count);
    await stores.ledger.append({
      record: sampleRecord(0, { id, startedAtMs, recording: "full" }),
      bodies: { request: Buffer.from(id), response: Buffer.alloc((count * 7919) % 30_000, caller) },
      charges: sampleCharges(),
    });
    writeSync(1, `${id}\n`);
  }
}

await Promise.all([0, 1, 2, 3].map(appendForever));
