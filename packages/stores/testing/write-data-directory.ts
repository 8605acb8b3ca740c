// Writes a data directory as this version leaves it into an archive, for `kept-data-directories.ts`. Argument: archive.
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { Secret } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { openLowdbStores } from "../src/lowdb/open-lowdb-stores.js";
import { fillDataDirectory, filledFromMs } from "./fill-data-directory.js";
import { createRecordingLog } from "./recording-log.js";

const dataDir = await mkdtemp(`${tmpdir()}/data-directory-`);
const clock = createManualClock(filledFromMs);
const encryptionKey = new Secret("5e".repeat(32));
const stores = await openLowdbStores({ dataDir, encryptionKey, clock, log: createRecordingLog() });
await fillDataDirectory(stores);
const archive = Readable.from(stores.backup({ withEncryptionKey: false }));
await pipeline(archive, createGzip(), createWriteStream(process.argv[2] ?? "data-directory.tar.gz"));
await stores.close();
await rm(dataDir, { recursive: true });
