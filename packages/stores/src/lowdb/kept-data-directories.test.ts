import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { askBatches, askStores } from "../../testing/ask-stores.js";
import { fillDataDirectory, filledFromMs, filledRequestId, filledRequests } from "../../testing/fill-data-directory.js";
import { firstWithBatches, keptDataDirectories, unpackDataDirectory } from "../../testing/kept-data-directories.js";
import {
  documentVersion,
  documentVersions,
  openDataDirectory,
  readDocuments,
  readRefusal,
} from "../../testing/open-data-directory.js";
import { createTemporaryDirectory } from "../../testing/temporary-directory.js";
import { sampleEntry, sampleKey, sampleUser } from "../contract/index.js";
import { openDatabase } from "../sqlite/driver/open-database.js";
import { migrations } from "../sqlite/schema/migrations.js";
import { restoreLowdbBackup } from "./backup/restore-backup.js";

const newer = 99;

async function readAnswers(dataDir: string) {
  const { stores, log } = await openDataDirectory(dataDir);
  const answers = { ...(await askStores(stores)), batches: await askBatches(stores) };
  await stores.close();
  return { answers, lines: log.lines };
}

/** What is told by a directory that today's software filled with the same, as far as the version knew of it. */
async function readNewAnswers(version: number) {
  const { stores } = await openDataDirectory(await createTemporaryDirectory());
  await fillDataDirectory(stores);
  const batches = version < firstWithBatches ? { files: [], batches: [] } : await askBatches(stores);
  const answers = { ...(await askStores(stores)), batches };
  await stores.close();
  return answers;
}

function unpackLatest(): Promise<string> {
  return unpackDataDirectory(keptDataDirectories.at(-1) ?? 0);
}

describe("the kept data directories", () => {
  it("hold every version of the ledger's schema and of every document up to the current one", async () => {
    expect(keptDataDirectories).toEqual(migrations.map((_, index) => index + 1));
    const kept = await Promise.all(keptDataDirectories.map(unpackDataDirectory));
    const documents = await Promise.all(kept.map(readDocuments));
    for (const [name, current] of documentVersions) {
      const found = new Set(documents.map((texts) => documentVersion(texts.get(name) ?? "")));
      const every = Array.from({ length: current }, (_, index) => index + 1);
      expect([name, [...found].sort()]).toEqual([name, every]);
    }
  });
});

describe.each(keptDataDirectories)("the data directory of schema version %i", (version) => {
  it("opens with everything that is in it, in today's version, and opens again just the same", async () => {
    const expected = await readNewAnswers(version);
    const dataDir = await unpackDataDirectory(version);
    expect(await readAnswers(dataDir)).toEqual({ answers: expected, lines: [] });
    const documents = await readDocuments(dataDir);
    expect(new Map([...documents].map(([name, text]) => [name, documentVersion(text)]))).toEqual(documentVersions);
    expect(await readAnswers(dataDir)).toEqual({ answers: expected, lines: [] });
    expect(await readDocuments(dataDir)).toEqual(documents);
  });

  it("goes on counting, recording and changing from where it was", async () => {
    const dataDir = await unpackDataDirectory(version);
    const { stores } = await openDataDirectory(dataDir);
    const used = (await stores.ledger.usageByKey(["key_team"], filledFromMs)).get("key_team")?.lifetime.requests ?? 0;
    const claims = [{ unit: "requests", window: "lifetime", limit: used + 1 } as const];
    const entry = sampleEntry(1, { keyId: "key_team", startedAtMs: filledFromMs });
    const reservation = { id: entry.record.id, keyId: "key_team", atMs: filledFromMs, amounts: entry.charges, claims };
    expect((await stores.ledger.reserve(reservation)).granted).toBe(true);
    await stores.ledger.append(entry);
    // A request that is on record is not recorded again, wherever it stands.
    for (const index of [filledRequests - 40, filledRequests - 1]) {
      await stores.ledger.append({ ...entry, record: { ...entry.record, id: filledRequestId(index) } });
    }
    await stores.keys.create(sampleKey("new"), null);
    await stores.users.create(sampleUser("new"), null);
    await stores.settings.update(() => ({ legacyKeyEnabled: false }), null);
    await stores.close();

    const again = (await openDataDirectory(dataDir)).stores;
    const usage = await again.ledger.usageByKey(["key_team"], filledFromMs);
    expect(usage.get("key_team")?.lifetime.requests).toBe(used + 1);
    expect((await again.ledger.reserve({ ...reservation, id: "req_next" })).granted).toBe(false);
    expect((await again.ledger.findRecord(entry.record.id))?.record).toEqual(entry.record);
    expect((await again.keys.list()).map(({ id }) => id)).toEqual(["key_team", "key_bound", "key_new"]);
    expect((await again.settings.read()).legacyKeyEnabled).toBe(false);
    expect(await again.users.count()).toBe(3);
    await again.close();
  });

  it("gives a backup that restores", async () => {
    const { stores } = await openDataDirectory(await unpackDataDirectory(version));
    const target = join(await createTemporaryDirectory(), "restored");
    await restoreLowdbBackup(Readable.from(stores.backup({ withEncryptionKey: false })), target);
    await stores.close();
    expect((await readAnswers(target)).answers).toEqual(await readNewAnswers(version));
  });
});

describe("a data directory of another time", () => {
  it.each([...documentVersions.keys()])(
    "is refused, and left as it is, when %s is of a newer version",
    async (name) => {
      const dataDir = await unpackLatest();
      const path = join(dataDir, name);
      const text = (await readFile(path, "utf8")).replace(/"version": \d+/, `"version": ${newer}`);
      await writeFile(path, text);
      const line = await readRefusal(dataDir);
      expect(line).toContain(`${path} has version ${newer}, and this software knows versions up to`);
      expect(line).toContain("run the version that wrote it");
      expect(await readFile(path, "utf8")).toBe(text);
    },
  );

  it("is refused, and left as it is, when its ledger has a newer schema", async () => {
    const dataDir = await unpackLatest();
    const path = join(dataDir, "ledger.sqlite");
    const database = await openDatabase(path, { readOnly: false, busyTimeoutMs: 0 });
    database.exec(`PRAGMA user_version = ${newer}`);
    database.close();
    const before = await readFile(path);
    expect(await readRefusal(dataDir)).toContain(
      `${path} has version ${newer}, and this software knows versions up to ${migrations.length}`,
    );
    expect(await readFile(path)).toEqual(before);
  });

  it("is refused in one line, and left as it is, when it was made before the ledger was a SQLite database", async () => {
    const dataDir = await createTemporaryDirectory();
    await mkdir(join(dataDir, "ledger"));
    await writeFile(join(dataDir, "ledger", "0000000001.log"), "CLPLOG");
    await writeFile(join(dataDir, "directory.json"), '{ "version": 2, "parts": ["audit", "ledger"] }');
    const line = await readRefusal(dataDir);
    expect(line).toContain("was made before the ledger became a SQLite database (ledger.sqlite)");
    expect(line).not.toContain("\n");
    expect((await readdir(dataDir)).sort()).toEqual(["directory.json", "ledger"]);
  });
});
