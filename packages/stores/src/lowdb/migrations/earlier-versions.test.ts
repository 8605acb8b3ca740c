import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it } from "vitest";
import { askStores } from "../../../test-support/ask-stores.js";
import {
  type Abilities,
  fillDataDirectory,
  filledFromMs,
  filledRequestId,
  filledRequests,
} from "../../../test-support/fill-data-directory.js";
import { keptDataDirectories, unpackDataDirectory } from "../../../test-support/kept-data-directories.js";
import {
  documentVersion,
  documentVersions,
  openDataDirectory,
  readDocuments,
} from "../../../test-support/open-data-directory.js";
import { createTemporaryDirectory } from "../../../test-support/temporary-directory.js";
import { sampleEntry, sampleKey, sampleUser } from "../../contract/index.js";
import { restoreLowdbBackup } from "../backup/restore-backup.js";

async function readAnswers(dataDir: string) {
  const { stores, log } = await openDataDirectory(dataDir);
  const answers = await askStores(stores);
  await stores.close();
  return { answers, lines: log.lines };
}

/** What is told by a directory that today's software filled with the same. */
async function readNewAnswers(abilities: Abilities) {
  const { stores } = await openDataDirectory(await createTemporaryDirectory());
  await fillDataDirectory(stores, abilities);
  const answers = await askStores(stores);
  await stores.close();
  return answers;
}

describe("the kept data directories", () => {
  it("hold every version of every document up to the current one", async () => {
    const kept = await Promise.all(keptDataDirectories.map(unpackDataDirectory));
    const documents = await Promise.all(kept.map(readDocuments));
    for (const [name, current] of documentVersions) {
      const found = new Set(documents.map((texts) => documentVersion(texts.get(name) ?? "")));
      const every = Array.from({ length: current }, (_, index) => index + 1);
      expect([name, [...found].sort()]).toEqual([name, every]);
    }
  });
});

describe.each(keptDataDirectories)("the data directory $name", (directory) => {
  it("opens with everything that is in it, in today's version, and opens again just the same", async () => {
    const expected = await readNewAnswers(directory.abilities);
    const dataDir = await unpackDataDirectory(directory);
    const { answers, lines } = await readAnswers(dataDir);
    expect(answers).toEqual(expected);
    // The first statistics are of no use today, and the records still tell everything.
    expect(lines.filter((line) => !/statistics of a day .* early form/.test(line))).toEqual([]);
    const documents = await readDocuments(dataDir);
    expect(new Map([...documents].map(([name, text]) => [name, documentVersion(text)]))).toEqual(documentVersions);
    expect((await readAnswers(dataDir)).answers).toEqual(expected);
    expect(await readDocuments(dataDir)).toEqual(documents);
  });

  it("keeps what was brought forward as it was, and nothing else", async () => {
    const dataDir = await unpackDataDirectory(directory);
    const before = await readDocuments(dataDir);
    await (await openDataDirectory(dataDir)).stores.close();
    const names = (await readdir(dataDir)).filter((name) => /\.v\d+\.json$/.test(name));
    const earlier = [...before].filter(([name, text]) => documentVersion(text) !== documentVersions.get(name));
    const expected = earlier.map(([name, text]) => name.replace(".json", `.v${documentVersion(text)}.json`));
    expect(names.sort()).toEqual(expected.sort());
    for (const [name, text] of earlier) {
      const path = join(dataDir, name.replace(".json", `.v${documentVersion(text)}.json`));
      expect(await readFile(path, "utf8")).toBe(text);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    }
  });

  it("goes on counting, recording and changing from where it was", async () => {
    const dataDir = await unpackDataDirectory(directory);
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
    for (let sequence = 2; sequence < 30; sequence += 1) {
      await stores.ledger.append(sampleEntry(sequence, { keyId: null, startedAtMs: filledFromMs + sequence }));
    }
    await stores.keys.create(sampleKey("new"), null);
    await stores.users.create(sampleUser("new"), null);
    await stores.settings.update(() => ({ legacyKeyEnabled: false }), null);
    expect(await stores.users.isSetupCodeValid("hash of the setup code", filledFromMs)).toBe(false);
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
    const { stores } = await openDataDirectory(await unpackDataDirectory(directory));
    const target = join(await createTemporaryDirectory(), "restored");
    await restoreLowdbBackup(Readable.from(stores.backup({ withEncryptionKey: false })), target);
    await stores.close();
    expect((await readAnswers(target)).answers).toEqual(await readNewAnswers(directory.abilities));
  });
});
