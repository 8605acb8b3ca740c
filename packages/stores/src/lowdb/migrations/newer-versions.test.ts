import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { createManualClock } from "@copilot-llm/model/testing";
import { describe, expect, it } from "vitest";
import { askStores } from "../../../test-support/ask-stores.js";
import { filledFromMs } from "../../../test-support/fill-data-directory.js";
import { keptDataDirectories, unpackDataDirectory } from "../../../test-support/kept-data-directories.js";
import { documentVersions, openDataDirectory, readRefusal } from "../../../test-support/open-data-directory.js";
import { createRecordingLog } from "../../../test-support/recording-log.js";
import { SegmentLog } from "../../segment-log/segment-log.js";

const newer = 99;

function unpackCurrent(): Promise<string> {
  const latest = keptDataDirectories.at(-1);
  if (latest === undefined) throw new Error("no data directory is kept");
  return unpackDataDirectory(latest);
}

/** Refused with a line that names the file and the version, and left as it is. */
async function expectRefused(dataDir: string, name: string, content: string | Uint8Array): Promise<void> {
  const path = join(dataDir, name);
  await writeFile(path, content);
  const line = await readRefusal(dataDir);
  expect(line).toContain(`${path} has version ${newer}, and this software knows versions up to`);
  expect(line).toContain("run the version that wrote it");
  expect(await readFile(path)).toEqual(Buffer.from(content));
}

/** Both copies of a segment's header, as a newer version would write them. */
function withNewerHeader(segment: Buffer): Buffer {
  const changed = Buffer.from(segment);
  for (const offset of [0, 16]) {
    changed.writeUInt16LE(newer, offset + 6);
    changed.writeUInt32LE(crc32(changed.subarray(offset, offset + 12)), offset + 12);
  }
  return changed;
}

/** The version that follows the mark at the beginning, and the checksum of what follows both. */
function withNewerVersion(file: Buffer): Buffer {
  const changed = Buffer.from(file);
  changed.writeUInt16LE(newer, 6);
  return changed;
}

describe("what a newer version wrote", () => {
  it.each([...documentVersions.keys()])("is refused in %s", async (name) => {
    const dataDir = await unpackCurrent();
    const text = await readFile(join(dataDir, name), "utf8");
    await expectRefused(dataDir, name, text.replace(/"version": \d+/, `"version": ${newer}`));
  });

  it.each(["ledger/checkpoint-3.json", "ledger/statistics/2026-03-11.json"])("is refused in %s", async (name) => {
    const dataDir = await unpackCurrent();
    const [, json = ""] = (await readFile(join(dataDir, name), "utf8")).split("\n");
    const changed = json.replace(/^\{"version":\d+/, `{"version":${newer}`);
    await expectRefused(dataDir, name, `${crc32(changed)}\n${changed}\n`);
  });

  it.each(["ledger/0000000004.log", "ledger/0000000002.logz", "audit/0000000001.log"])(
    "is refused in the segment %s",
    async (name) => {
      const dataDir = await unpackCurrent();
      await expectRefused(dataDir, name, withNewerHeader(await readFile(join(dataDir, name))));
    },
  );

  it("is refused when it is an entry of a kind that is not known", async () => {
    const dataDir = await unpackCurrent();
    const log = await SegmentLog.open<unknown>({
      directory: join(dataDir, "ledger"),
      clock: createManualClock(filledFromMs),
      log: createRecordingLog(),
      fsync: "always",
      whenWriteFails: "fail",
      segmentBytes: 1 << 20,
      segmentEntries: 100,
      maxPendingBytes: 1 << 20,
      decode: (stored) => stored,
      replayFrom: 1,
      onEntry: () => undefined,
      onSealed: () => undefined,
    });
    await log.append({ kind: "surcharge", keyId: "key_team" }, null);
    await log.close();
    expect(await readRefusal(dataDir)).toContain("an entry of a kind that this software does not know");
  });

  it("is made again where the log tells everything: the tables of ids and the rows of sessions", async () => {
    const dataDir = await unpackCurrent();
    const before = await openDataDirectory(dataDir);
    const expected = await askStores(before.stores);
    await before.stores.close();
    const ledger = join(dataDir, "ledger");
    for (const name of (await readdir(ledger)).filter((file) => /\.(idx|rows)$/.test(file))) {
      await writeFile(join(ledger, name), withNewerVersion(await readFile(join(ledger, name))));
    }
    const { stores } = await openDataDirectory(dataDir);
    expect(await askStores(stores)).toEqual(expected);
    await stores.close();
  });
});
