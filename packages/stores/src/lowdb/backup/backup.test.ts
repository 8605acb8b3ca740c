import { execFileSync } from "node:child_process";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { createRecordingLog } from "../../../testing/recording-log.js";
import { createTemporaryDirectory } from "../../../testing/temporary-directory.js";
import {
  createManualClock,
  sampleEntry,
  sampleEvent,
  sampleKey,
  sampleStartMs,
  sampleToken,
} from "../../contract/index.js";
import { openLowdbStores } from "../open-lowdb-stores.js";
import { restoreLowdbBackup } from "./restore-backup.js";

async function open(dataDir: string) {
  const log = createRecordingLog();
  const clock = createManualClock(sampleStartMs);
  return { log, stores: await openLowdbStores({ dataDir, encryptionKey: null, clock, log }) };
}

async function read(archive: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function createFilled(entries: number) {
  const dataDir = join(await createTemporaryDirectory(), "data");
  const { stores } = await open(dataDir);
  await stores.tokens.create(sampleToken("a"), null);
  await stores.keys.create(sampleKey("a"), null);
  for (let sequence = 0; sequence < entries; sequence += 1) await stores.ledger.append(sampleEntry(sequence));
  return { dataDir, stores };
}

describe("a backup", () => {
  it("holds everything that was on record when it was taken, and is consistent while more is recorded", async () => {
    const { stores } = await createFilled(35);
    let sequence = 35;
    const appending: Promise<void>[] = [];
    const chunks: Uint8Array[] = [];
    for await (const chunk of stores.backup({ withEncryptionKey: true })) {
      chunks.push(chunk);
      appending.push(stores.ledger.append(sampleEntry(sequence)));
      sequence += 1;
    }
    await Promise.all(appending);
    await stores.close();

    const target = join(await createTemporaryDirectory(), "restored");
    await restoreLowdbBackup(Readable.from(chunks), target);
    const restored = await open(target);
    expect((await restored.stores.tokens.find("tok_a"))?.secret?.reveal()).toBe(sampleToken("a").secret?.reveal());
    const usage =
      (await restored.stores.ledger.usageByKey(["key_a"], sampleStartMs)).get("key_a")?.lifetime.requests ?? 0;
    expect(usage).toBeGreaterThanOrEqual(35);
    const { totals } = await restored.stores.statistics.report({ fromMs: 0, toMs: sampleStartMs + 1, groupBy: "day" });
    const { sessions } = await restored.stores.sessions.list({ limit: 1000 });
    expect([totals.requests, sessions.length]).toEqual([usage, usage]);
    expect(restored.log.lines.filter((line) => line.startsWith("error"))).toEqual([]);
    await restored.stores.close();
  });

  it("holds each change along with its event, whatever is changed while it is taken", async () => {
    const { stores } = await createFilled(1);
    let made = 0;
    let isTaken = false;
    const change = async (worker: number) => {
      while (!isTaken) {
        made += 1;
        const name = `${worker}-${made}`;
        const audited = () => ({ ...sampleEvent(made), id: `evt_${name}` });
        if (worker === 0) await stores.settings.update(() => ({ modelAliases: { [name]: "gpt-5" } }), audited);
        else await stores.keys.create(sampleKey(name), audited);
      }
    };
    while (made < 40) {
      isTaken = false;
      const changing = [change(0), change(1), change(2)];
      const archive = await read(stores.backup({ withEncryptionKey: true }));
      isTaken = true;
      await Promise.all(changing);
      const target = join(await createTemporaryDirectory(), "restored");
      await restoreLowdbBackup(Readable.from([archive]), target);
      const restored = await open(target);
      const told = (await restored.stores.audit.list({ limit: 100_000 })).map(({ id }) => id);
      const names = (await restored.stores.keys.list()).map(({ alias }) => alias).filter((alias) => alias !== "a");
      expect(told.filter((id) => !id.startsWith("evt_0-")).sort()).toEqual(names.map((name) => `evt_${name}`).sort());
      await restored.stores.close();
    }
    await stores.close();
  });

  it("leaves the encryption key out unless it is asked for", async () => {
    const { dataDir, stores } = await createFilled(1);
    const key = (await readFile(join(dataDir, "encryption.key"), "utf8")).trim();
    expect((await read(stores.backup({ withEncryptionKey: false }))).includes(key)).toBe(false);
    expect((await read(stores.backup({ withEncryptionKey: true }))).includes(key)).toBe(true);
    const archive = await read(stores.backup({ withEncryptionKey: false }));
    await stores.close();
    const target = join(await createTemporaryDirectory(), "restored");
    await restoreLowdbBackup(Readable.from([archive]), target);
    await expect(open(target)).rejects.toMatchObject({ message: expect.stringContaining("encryption.key is missing") });
  });

  it("can be unpacked by any tar program", async () => {
    const { dataDir, stores } = await createFilled(15);
    const directory = await createTemporaryDirectory();
    await writeFile(join(directory, "backup.tar"), await read(stores.backup({ withEncryptionKey: false })));
    execFileSync("tar", ["-xf", "backup.tar"], { cwd: directory });
    expect(await readFile(join(directory, "keys.json"))).toEqual(await readFile(join(dataDir, "keys.json")));
    expect(await readdir(directory)).toContain("ledger.sqlite");
    await stores.close();
  });

  it("is refused, and leaves nothing, when it is cut short, damaged, or names files outside", async () => {
    const { stores } = await createFilled(1);
    const archive = await read(stores.backup({ withEncryptionKey: false }));
    await stores.close();
    const refusal = async (bytes: Uint8Array) => {
      const target = join(await createTemporaryDirectory(), "restored");
      const outcome = await restoreLowdbBackup(Readable.from([bytes]), target).then(
        () => "restored",
        (error: Error) => error.message,
      );
      expect(await readdir(target)).toEqual([]);
      return outcome;
    };
    expect(await refusal(archive.subarray(0, 700))).toContain("cut short");
    const damaged = Buffer.from(archive);
    damaged[5] = 0x41;
    expect(await refusal(damaged)).toContain("cannot be read");
    const outside = execFileSync("tar", [
      "-cPf",
      "-",
      "--transform",
      "s,.*,../outside,",
      join(import.meta.dirname, "backup.test.ts"),
    ]);
    expect(await refusal(outside)).toContain("may not be called");
  });

  it("is not restored over anything", async () => {
    const { dataDir, stores } = await createFilled(1);
    const archive = await read(stores.backup({ withEncryptionKey: false }));
    await stores.close();
    await expect(restoreLowdbBackup(Readable.from([archive]), dataDir)).rejects.toMatchObject({
      message: expect.stringContaining("is not empty"),
    });
  });
});
