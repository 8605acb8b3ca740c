import { open, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { bodiesDirectory, databasePath, openLedger, type TestLedger } from "../../testing/open-ledger.js";
import { mountSmallFileSystem } from "../../testing/small-file-system.js";
import { createTemporaryDirectory } from "../../testing/temporary-directory.js";
import { sampleCharges, sampleEntry, sampleRecord, sampleReservation, sampleStartMs } from "../contract/index.js";
import type { LedgerEntry } from "../interfaces/ledger.js";

const dayMs = 86_400_000;

function said(sequence: number, text: string, changes: Parameters<typeof sampleRecord>[1] = {}): LedgerEntry {
  const request = Buffer.from(JSON.stringify({ model: "gpt-5", messages: [{ role: "user", content: text }] }));
  const response = Buffer.from(JSON.stringify({ choices: [{ message: { role: "assistant", content: text } }] }));
  const record = sampleRecord(sequence, { recording: "full", ...changes });
  return { record, bodies: { request, response }, charges: sampleCharges() };
}

/** Files below the directory that hold the text, in any case. */
async function filesWith(directory: string, text: string): Promise<readonly string[]> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const contents = await Promise.all(paths.map((path) => readFile(path, "latin1")));
  return paths
    .filter((_, index) => contents[index]?.toLowerCase().includes(text))
    .map((path) => path.slice(directory.length + 1));
}

async function appendAll({ ledger }: TestLedger, entries: readonly LedgerEntry[]): Promise<void> {
  for (const entry of entries) await ledger.append(entry);
}

async function bodiesOf({ ledger }: TestLedger, { record }: LedgerEntry): Promise<string | null> {
  const found = await ledger.findRecord(record.id);
  return found?.bodies === null || found === null ? null : Buffer.from(found.bodies.request).toString();
}

async function untilPacked(opened: TestLedger, directory: string, packedFiles: number): Promise<void> {
  opened.clock.advance(1000);
  await expect
    .poll(async () => {
      const names = await readdir(bodiesDirectory(directory));
      return names.filter((name) => name.endsWith(".pack")).length;
    })
    .toBe(packedFiles);
  // One that is not full stays as it is.
  await expect.poll(async () => (await readdir(bodiesDirectory(directory))).length).toBe(packedFiles + 1);
}

describe("a record that its table does not take", () => {
  it("is refused, and never passed over as one that is there", async () => {
    const opened = await openLedger(await createTemporaryDirectory());
    const damaged = said(1, "", { modelAsked: null as unknown as string });
    await expect(opened.ledger.append(damaged)).rejects.toMatchObject({ code: "unavailable" });
    await appendAll(opened, [said(2, "after it")]);
    expect(await opened.ledger.findRecord(damaged.record.id)).toBeNull();
    expect(await bodiesOf(opened, said(2, ""))).toContain("after it");
  });
});

describe("what is removed", () => {
  it("is nowhere in the directory's bytes: no row, no body, no word", async () => {
    const directory = await createTemporaryDirectory();
    const opened = await openLedger(directory);
    const marked = { conversationId: "quarzblende 1", userAgent: "quarzblende/1.0", clientIp: "quarzblende" };
    await appendAll(opened, [said(1, "stays"), said(2, "says Quarzblende", marked), said(3, "stays too")]);
    opened.clock.advance(5000);
    await expect
      .poll(async () => (await opened.sessions.list({ limit: 9, text: "quarzblende" })).sessions.length)
      .toBe(1);
    await expect.poll(() => filesWith(directory, "quarzblende")).toContain("ledger.sqlite-wal");
    await opened.sessions.remove(["quarzblende 1"], null);
    expect(await filesWith(directory, "quarzblende")).toEqual([]);
    expect(await bodiesOf(opened, said(3, "stays too"))).toContain("stays too");
    await opened.close();
    expect(await filesWith(directory, "quarzblende")).toEqual([]);
  });

  it("is gone from packed files as well, and what lay beside it is not", async () => {
    const directory = await createTemporaryDirectory();
    const opened = await openLedger(directory, { fullBodyFileBytes: 100, packEveryMs: 1000 });
    const stays = said(2, "stays", { conversationId: "stays" });
    const goes = said(1, "says Quarzblende", { conversationId: "goes" });
    await Promise.all([goes, stays].map((entry) => opened.ledger.append(entry)));
    await opened.ledger.append(said(3, "in the next file"));
    await untilPacked(opened, directory, 1);
    await opened.sessions.remove(["goes"], null);
    expect(await filesWith(directory, "quarzblende")).toEqual([]);
    expect(await bodiesOf(opened, stays)).toContain("stays");
    expect(await opened.ledger.findRecord(goes.record.id)).toBeNull();
    expect(opened.log.lines).toEqual([]);
  });
});

describe("the write-ahead log", () => {
  it("gives back the room of a busy hour once few requests come", async () => {
    const directory = await createTemporaryDirectory();
    const opened = await openLedger(directory);
    const logBytes = async () => (await stat(join(directory, "ledger.sqlite-wal"))).size;
    for (let turn = 0; (await logBytes()) <= 4 << 20; turn += 1) await appendAll(opened, [said(turn, "words")]);
    await expect
      .poll(async () => {
        opened.clock.advance(5000);
        return await logBytes();
      })
      .toBe(0);
    expect(await bodiesOf(opened, said(0, ""))).toContain("words");
  });
});

describe("files of bodies", () => {
  it("give the same from less space once they are packed, also after a start", async () => {
    const directory = await createTemporaryDirectory();
    const options = { fullBodyFileBytes: 200_000, packEveryMs: 1000 };
    const opened = await openLedger(directory, options);
    const history = Array.from({ length: 200 }, (_, turn) => `turn ${turn}: the same words over and over`);
    const entries = history.map((_, turn) =>
      said(turn, history.slice(0, turn).join("\n"), { conversationId: `conversation ${turn % 3}` }),
    );
    await appendAll(opened, entries);
    const plain = await readdir(bodiesDirectory(directory));
    await untilPacked(opened, directory, plain.length - 1);
    const sizes = await Promise.all(
      (await readdir(bodiesDirectory(directory))).map((name) => readFile(join(bodiesDirectory(directory), name))),
    );
    const bytes = entries.reduce((sum, { bodies }) => sum + (bodies?.request.length ?? 0), 0);
    expect(sizes.reduce((sum, content) => sum + content.length, 0)).toBeLessThan(bytes / 4);
    const expected = entries.map(({ bodies }) => Buffer.from(bodies?.request ?? []).toString());
    const readAll = (from: TestLedger) => Promise.all(entries.map((entry) => bodiesOf(from, entry)));
    expect(await readAll(opened)).toEqual(expected);
    await opened.close();
    const again = await openLedger(directory, options);
    expect(await readAll(again)).toEqual(expected);
    expect([...opened.log.lines, ...again.log.lines]).toEqual([]);
  });

  it("go when every record in them is old, and only these", async () => {
    const directory = await createTemporaryDirectory();
    const opened = await openLedger(directory);
    for (let day = 0; day < 3; day += 1) {
      await opened.ledger.append(said(day, `day ${day}`, { startedAtMs: sampleStartMs + day * dayMs }));
      opened.clock.advance(dayMs);
    }
    expect(await readdir(bodiesDirectory(directory))).toEqual(["2026-03-10.dat", "2026-03-11.dat", "2026-03-12.dat"]);
    await opened.ledger.expire(sampleStartMs + dayMs);
    expect(await readdir(bodiesDirectory(directory))).toEqual(["2026-03-11.dat", "2026-03-12.dat"]);
    await opened.ledger.expire(sampleStartMs + 30 * dayMs);
    expect(await readdir(bodiesDirectory(directory))).toEqual(["2026-03-12.dat"]);
  });

  it("go on when the clock goes back: nothing is lost, and no earlier day is begun again", async () => {
    const directory = await createTemporaryDirectory();
    const late = await openLedger(directory);
    late.clock.advance(2 * dayMs);
    await late.ledger.append(said(1, "later", { startedAtMs: sampleStartMs + 2 * dayMs }));
    await late.close();
    const early = await openLedger(directory);
    await early.ledger.append(said(2, "earlier", { startedAtMs: sampleStartMs }));
    expect(await readdir(bodiesDirectory(directory))).toEqual(["2026-03-12.dat"]);
    const { sessions } = await early.sessions.list({ limit: 9 });
    expect(sessions.map(({ latest }) => latest.startedAtMs - sampleStartMs)).toEqual([0, 2 * dayMs]);
    expect(await bodiesOf(early, said(2, "earlier", { startedAtMs: sampleStartMs }))).toContain("earlier");
    const ranges = [sampleStartMs, sampleStartMs + 2 * dayMs].map((fromMs) =>
      early.sessions.list({ limit: 9, fromMs, toMs: fromMs + dayMs }),
    );
    expect((await Promise.all(ranges)).map((page) => page.sessions.length)).toEqual([1, 1]);
    const { totals } = await early.statistics.report({
      fromMs: sampleStartMs,
      toMs: sampleStartMs + 3 * dayMs,
      groupBy: "day",
    });
    expect(totals.requests).toBe(2);
  });
});

async function flip(path: string, offset: number, bytes = 1): Promise<void> {
  const file = await open(path, "r+");
  try {
    const { buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, offset);
    await file.write(
      buffer.map((byte) => byte ^ 0xff),
      0,
      bytes,
      offset,
    );
  } finally {
    await file.close();
  }
}

describe("damage", () => {
  it("of a body is told once; that body is gone, the others are there", async () => {
    const directory = await createTemporaryDirectory();
    const opened = await openLedger(directory);
    const entries = [1, 2, 3].map((sequence) => said(sequence, `body ${sequence}`));
    await appendAll(opened, entries);
    await opened.close();
    const path = join(bodiesDirectory(directory), "2026-03-10.dat");
    const content = await readFile(path);
    await flip(path, content.indexOf("body 2"));
    const again = await openLedger(directory);
    expect((await Promise.all(entries.map((entry) => bodiesOf(again, entry)))).map((body) => body !== null)).toEqual([
      true,
      false,
      true,
    ]);
    expect(await again.ledger.findRecord(entries[1]?.record.id ?? "")).toMatchObject({ record: entries[1]?.record });
    expect(again.log.lines).toEqual([
      "error: The bodies of a record, or more, cannot be read: they are not as they were written.",
    ]);
  });

  it("of a page is told; the rest is readable, and nothing is written over it", async () => {
    const directory = await createTemporaryDirectory();
    const opened = await openLedger(directory);
    const entries = Array.from({ length: 600 }, (_, sequence) =>
      sampleEntry(sequence, { userAgent: `agent ${sequence}` }),
    );
    await Promise.all(entries.map((entry) => opened.ledger.append(entry)));
    await opened.close();
    const path = databasePath(directory);
    const content = await readFile(path);
    const page = Math.floor(content.indexOf("agent 300") / 4096) * 4096;
    await flip(path, page, 4096);
    const damaged = (await readFile(path)).subarray(page, page + 4096);
    const again = await openLedger(directory);
    const listed: string[] = [];
    let cursor: string | undefined;
    do {
      const result = await again.sessions.list({ limit: 100, ...(cursor === undefined ? {} : { cursor }) });
      listed.push(...result.sessions.map(({ latest }) => latest.id));
      cursor = result.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(listed.length).toBeGreaterThan(560);
    expect(listed.length).toBeLessThan(600);
    expect(again.log.lines).toEqual([
      "error: Part of ledger.sqlite is damaged: records cannot be read. Restore a backup.",
    ]);
    await again.ledger.append(sampleEntry(601));
    expect(await again.ledger.findRecord(sampleEntry(601).record.id)).not.toBeNull();
    await again.close();
    expect((await readFile(path)).subarray(page, page + 4096)).toEqual(damaged);
  });

  it("of the first page stops the start with one line, and it is left as it is", async () => {
    const directory = await createTemporaryDirectory();
    const opened = await openLedger(directory);
    await opened.ledger.append(sampleEntry(1));
    await opened.close();
    await flip(databasePath(directory), 0, 100);
    const before = await readFile(databasePath(directory));
    await expect(openLedger(directory, { isExpected: true })).rejects.toThrow(/damaged: restore it from a backup/);
    expect(await readFile(databasePath(directory))).toEqual(before);
  });

  it("of the directory, whose bodies are gone, stops the start", async () => {
    const directory = await createTemporaryDirectory();
    const opened = await openLedger(directory);
    await opened.ledger.append(said(1, "text"));
    await opened.close();
    await rm(bodiesDirectory(directory), { recursive: true });
    await expect(openLedger(directory, { isExpected: true })).rejects.toThrow(/bodies is missing/);
    await writeFile(databasePath(directory), "");
    await expect(openLedger(directory, { isExpected: true })).rejects.toThrow(/damaged/);
  });
});

describe("a request that is on record already", () => {
  it("gives back what was reserved for it again", async () => {
    const { ledger } = await openLedger(await createTemporaryDirectory());
    const entry = sampleEntry(1);
    await ledger.append(entry);
    const claims = [{ unit: "requests", window: "lifetime", limit: 2 }] as const;
    const reserve = (sequence: number) => ledger.reserve(sampleReservation(sequence, { keyId: "key_a", claims }));
    expect((await reserve(1)).granted).toBe(true);
    expect((await reserve(2)).granted).toBe(false);
    await ledger.append(entry);
    expect((await reserve(2)).granted).toBe(true);
    expect((await ledger.usageByKey(["key_a"], sampleStartMs)).get("key_a")?.lifetime.requests).toBe(1);
  });
});

describe("a full disk", () => {
  async function openOnSmallDisk(options: Parameters<typeof openLedger>[1] = {}) {
    const disk = await mountSmallFileSystem(4 << 20);
    if (disk === null) return null;
    const opened = await openLedger(disk.path, options);
    await opened.ledger.append(said(1, "before"));
    return { disk, opened };
  }

  const makeRoom = (path: string) => rm(join(path, "ballast"));
  /** More than what is left of a page, and of what SQLite has put aside. */
  const large = (sequence: number) => said(sequence, "much ".repeat(40_000));

  it("refuses appends, says why, and goes on undamaged when there is room", async ({ skip }) => {
    const small = await openOnSmallDisk();
    if (small === null) return skip("no file system can be mounted");
    const { disk, opened } = small;
    disk.fill();
    await expect(opened.ledger.append(large(2))).rejects.toMatchObject({ code: "unavailable" });
    expect(opened.health()).toEqual({ ok: false, reason: expect.stringMatching(/full|no space/) });
    await makeRoom(disk.path);
    await expect
      .poll(() => {
        opened.clock.advance(500);
        return opened.health();
      })
      .toEqual({ ok: true });
    await opened.ledger.append(large(2));
    await opened.close();
    const again = await openLedger(disk.path);
    expect(await bodiesOf(again, said(1, ""))).toContain("before");
    expect(await bodiesOf(again, large(2))).toContain("much much");
    expect((await again.sessions.list({ limit: 9 })).sessions).toHaveLength(2);
    expect(again.log.lines).toEqual([]);
  });

  it("holds appends back until there is room, when told to wait; for ten seconds at most", async ({ skip }) => {
    const small = await openOnSmallDisk({ whenWriteFails: "wait" });
    if (small === null) return skip("no file system can be mounted");
    const { disk, opened } = small;
    disk.fill();
    const gaveUp = opened.ledger.append(large(2)).catch((error: unknown) => error);
    await expect.poll(() => opened.health().ok).toBe(false);
    const told = expect.poll(() => {
      opened.clock.advance(1000);
      return Promise.race([gaveUp, Promise.resolve(null)]);
    });
    await told.toMatchObject({ code: "unavailable" });
    const waits = opened.ledger.append(large(3));
    await makeRoom(disk.path);
    await expect
      .poll(() => {
        opened.clock.advance(500);
        return opened.health().ok;
      })
      .toBe(true);
    await waits;
    // Who gave up is on record all the same.
    expect(await bodiesOf(opened, large(2))).toContain("much much");
  });
});
