import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { createRecordingLog } from "../../../test-support/recording-log.js";
import { createTemporaryDirectory } from "../../../test-support/temporary-directory.js";
import { createManualClock, sampleEntry, sampleRecord, sampleStartMs } from "../../contract/index.js";
import { openLowdbStores } from "../open-lowdb-stores.js";

const dayMs = 86_400_000;

async function open(dataDir: string, segmentEntries = 10) {
  const log = createRecordingLog();
  const clock = createManualClock(sampleStartMs);
  const stores = await openLowdbStores({ dataDir, encryptionKey: null, clock, log, segmentEntries });
  return { stores, clock, log };
}

async function isAnywhere(directory: string, text: string): Promise<boolean> {
  for (const name of await readdir(directory, { recursive: true })) {
    const path = join(directory, name);
    if ((await stat(path)).isFile() && (await readFile(path)).includes(text)) return true;
  }
  return false;
}

describe("sessions beside the log", () => {
  it("leave nothing of a removed session's bodies on disk, and no damage", async () => {
    const dataDir = join(await createTemporaryDirectory(), "data");
    const { stores } = await open(dataDir);
    for (let sequence = 0; sequence < 25; sequence += 1) {
      const record = sampleRecord(sequence, { conversationId: "c", recording: "full" });
      const bodies = { request: Buffer.from("the secret plan"), response: Buffer.alloc(9000, "the secret answer") };
      await stores.ledger.append({ ...sampleEntry(sequence), record, bodies });
    }
    expect(await isAnywhere(dataDir, "the secret")).toBe(true);
    expect(await stores.sessions.remove(["c"], null)).toBe(1);
    await stores.close();
    expect(await isAnywhere(dataDir, "the secret")).toBe(false);
    const again = await open(dataDir);
    expect(again.log.lines).toEqual([]);
    await again.stores.close();
  });

  it("are the same when the files that list them are lost or damaged", async () => {
    const dataDir = join(await createTemporaryDirectory(), "data");
    const { stores } = await open(dataDir);
    for (let sequence = 0; sequence < 45; sequence += 1) await stores.ledger.append(sampleEntry(sequence));
    const expected = (await stores.sessions.list({ limit: 100 })).sessions;
    await stores.close();
    const ledger = join(dataDir, "ledger");
    const [lost = "", emptied = "", changed = ""] = (await readdir(ledger)).filter((name) => name.endsWith(".rows"));
    await rm(join(ledger, lost));
    await writeFile(join(ledger, emptied), "");
    const bytes = await readFile(join(ledger, changed));
    bytes[bytes.length - 1] = 0xff;
    await writeFile(join(ledger, changed), bytes);
    const again = await open(dataDir);
    expect((await again.stores.sessions.list({ limit: 100 })).sessions).toEqual(expected);
    await again.stores.close();
  });

  it("are searched a bounded number of records at a time", async () => {
    const dataDir = join(await createTemporaryDirectory(), "data");
    const { stores } = await open(dataDir, 1000);
    const needle = { request: Buffer.from("needle"), response: Buffer.alloc(0) };
    await stores.ledger.append({ ...sampleEntry(0, { recording: "full", conversationId: "found" }), bodies: needle });
    await Promise.all(Array.from({ length: 2100 }, (_, index) => stores.ledger.append(sampleEntry(index + 1))));
    const first = await stores.sessions.list({ limit: 10, text: "needle" });
    expect(first.sessions).toEqual([]);
    const second = await stores.sessions.list({ limit: 10, text: "needle", cursor: first.nextCursor ?? "" });
    expect(second.sessions.map(({ id }) => id)).toEqual(["found"]);
    expect(second.nextCursor).toBeNull();
    await stores.close();
  });

  it("take their space on disk along when they expire", async () => {
    const dataDir = join(await createTemporaryDirectory(), "data");
    const { stores, clock } = await open(dataDir);
    for (let sequence = 0; sequence < 55; sequence += 1) {
      const startedAtMs = sampleStartMs + sequence * dayMs;
      await stores.ledger.append(sampleEntry(sequence, { startedAtMs }));
    }
    clock.advance(55 * dayMs);
    await stores.ledger.expire(clock.nowMs() - 30 * dayMs);
    await stores.close();
    const segments = (await readdir(join(dataDir, "ledger"))).filter((name) => /^\d/.test(name));
    expect(segments.map((name) => Number.parseInt(name, 10))).not.toContain(1);
    const again = await open(dataDir);
    expect((await again.stores.sessions.list({ limit: 100 })).sessions.length).toBe(35);
    expect((await again.stores.ledger.usageByKey(["key_a"], clock.nowMs())).get("key_a")?.lifetime.requests).toBe(55);
    expect(again.log.lines).toEqual([]);
    await again.stores.close();
  });
});
