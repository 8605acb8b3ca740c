// Writes a data directory as this version leaves it into an archive, for `kept-data-directories.ts`. Argument: archive.
import { execFileSync } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { gzipSync } from "node:zlib";
import { Secret } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { openLowdbStores } from "../src/lowdb/open-lowdb-stores.js";
import { fillDataDirectory, filledFromMs } from "./fill-data-directory.js";
import { createRecordingLog } from "./recording-log.js";

const dataDir = await mkdtemp(join(tmpdir(), "data-directory-"));
const clock = createManualClock(filledFromMs);
const stores = await openLowdbStores({
  dataDir,
  encryptionKey: new Secret("5e".repeat(32)),
  clock,
  log: createRecordingLog(),
  segmentEntries: 20,
});
await fillDataDirectory(stores, { manySettings: true, sessions: true });
clock.advance(600_000);
while (!(await readdir(join(dataDir, "ledger"))).includes("0000000003.logz")) {
  await new Promise((done) => setTimeout(done, 10));
}
await stores.close();

const names = await readdir(dataDir, { recursive: true, withFileTypes: true });
const paths = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
const files = paths.map((path) => relative(dataDir, path)).sort();
const attributes = ["--format=ustar", "--owner=0", "--group=0", "--mtime=@0", "--mode=0600"];
const tar = execFileSync("tar", [...attributes, "-C", dataDir, "-cf", "-", ...files]);
await writeFile(process.argv[2] ?? "data-directory.tar.gz", gzipSync(tar));
await rm(dataDir, { recursive: true });
