import { readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GatewayError, Secret } from "@copilot-llm/model";
import { describe, expect, it, onTestFinished } from "vitest";
import { bundleProgram, startProgram } from "../../testing/child-program.js";
import { createRecordingLog } from "../../testing/recording-log.js";
import { mountSmallFileSystem } from "../../testing/small-file-system.js";
import { createTemporaryDirectory } from "../../testing/temporary-directory.js";
import {
  createManualClock,
  sampleEntry,
  sampleKey,
  sampleReservation,
  sampleStartMs,
  sampleToken,
  sampleUser,
} from "../contract/index.js";
import { openDatabase } from "../sqlite/driver/open-database.js";
import { type LowdbStoresOptions, openLowdbStores } from "./open-lowdb-stores.js";

function open(dataDir: string, options: Partial<LowdbStoresOptions> = {}) {
  const clock = createManualClock(sampleStartMs);
  return openLowdbStores({ dataDir, encryptionKey: null, clock, log: createRecordingLog(), ...options });
}

/** The one line with which the start is refused. */
async function refusal(dataDir: string, options: Partial<LowdbStoresOptions> = {}): Promise<string> {
  const error = await open(dataDir, options).then(
    async (stores) => {
      await stores.close();
      return null;
    },
    (reason: unknown) => reason,
  );
  if (!(error instanceof GatewayError)) throw new Error("the stores opened", { cause: error });
  expect(error.code).toBe("unavailable");
  expect(error.message).not.toContain("\n");
  return error.message;
}

async function createFilledDirectory(options: Partial<LowdbStoresOptions> = {}): Promise<string> {
  const dataDir = join(await createTemporaryDirectory(), "data");
  const stores = await open(dataDir, options);
  await stores.tokens.create(sampleToken("a"), null);
  await stores.keys.create(sampleKey("a"), null);
  await stores.users.create(sampleUser("a"), null);
  await stores.settings.update(() => ({ routingStrategy: "fill_first" }), null);
  await stores.audit.append({
    id: "evt_1",
    atMs: sampleStartMs,
    actor: "system",
    action: "user.create",
    subjectId: "usr_a",
    detail: {},
  });
  await stores.ledger.append(sampleEntry(1));
  await stores.close();
  return dataDir;
}

/** A lock as this process would leave it, with these changes. */
async function leaveLock(dataDir: string, changes: { readonly startedAt?: string; readonly place?: string }) {
  const stores = await open(dataDir);
  const holder: unknown = JSON.parse(await readFile(join(dataDir, "lock.1"), "utf8"));
  await stores.close();
  await writeFile(join(dataDir, "lock.1"), JSON.stringify(Object.assign({}, holder, changes)));
}

describe("a data directory", () => {
  it("is created for its owner alone, with files for its owner alone", async () => {
    const dataDir = await createFilledDirectory();
    const names = await readdir(dataDir, { recursive: true });
    expect(names).toContain("encryption.key");
    for (const name of [".", ...names]) {
      const found = await stat(join(dataDir, name));
      expect([name, (found.mode & 0o777).toString(8)]).toEqual([name, found.isDirectory() ? "700" : "600"]);
    }
  });

  it("holds no GitHub token in clear", async () => {
    const dataDir = await createFilledDirectory();
    const secret = sampleToken("a").secret?.reveal() ?? "";
    for (const name of await readdir(dataDir, { recursive: true })) {
      const path = join(dataDir, name);
      if ((await stat(path)).isFile()) expect([name, (await readFile(path)).includes(secret)]).toEqual([name, false]);
    }
  });

  it("is refused when it lies below a file", async () => {
    const file = join(await createTemporaryDirectory(), "file");
    await writeFile(file, "");
    expect(await refusal(join(file, "data"))).toBe(
      `DATA_DIR ${join(file, "data")} cannot be used: part of the path is not a directory.`,
    );
  });

  it.each([
    ["is a file", (file: string) => file, "there is a file of this name"],
    ["cannot be made", () => "/proc/self/none/data", "no such file or directory"],
  ])("is refused when it %s", async (_, pathFor, reason) => {
    const file = join(await createTemporaryDirectory(), "file");
    await writeFile(file, "");
    expect(await refusal(pathFor(file))).toBe(`DATA_DIR ${pathFor(file)} cannot be used: ${reason}.`);
  });

  it("is refused when it is read-only, and opens again when it is not", async ({ skip }) => {
    const disk = await mountSmallFileSystem(4 << 20);
    if (disk === null) return skip("no file system can be mounted here");
    const dataDir = join(disk.path, "data");
    await (await open(dataDir)).close();
    disk.makeReadOnly();
    expect(await refusal(dataDir)).toContain("read-only");
  });

  it("is refused to a second process, which is told the pid of the first, until that one is gone", async () => {
    const dataDir = await createFilledDirectory();
    const first = startProgram(await bundleProgram("hold-stores"), [dataDir]);
    expect(await first.nextLine()).toBe("open");
    expect(await refusal(dataDir)).toContain(`process ${first.pid})`);
    await first.kill();
    const stores = await open(dataDir);
    expect(await stores.users.count()).toBe(1);
    await stores.close();
  });

  it("is not taken for in use because of a lock whose pid another process has now", async () => {
    const dataDir = await createFilledDirectory();
    await leaveLock(dataDir, { startedAt: "1" });
    await (await open(dataDir)).close();
    await writeFile(join(dataDir, "lock.1"), "");
    await (await open(dataDir)).close();
  });

  it("is refused while a holder in another container touches its lock, and taken over when it is silent", async () => {
    const dataDir = await createFilledDirectory();
    await leaveLock(dataDir, { place: "another container" });
    const path = join(dataDir, "lock.1");
    const clock = createManualClock(sampleStartMs);
    let isHeld = true;
    const time = setInterval(async () => {
      clock.advance(1000);
      if (isHeld) await utimes(path, clock.nowMs() / 1000, clock.nowMs() / 1000);
    }, 5);
    onTestFinished(() => clearInterval(time));
    expect(await refusal(dataDir, { clock })).toContain("in another container");
    isHeld = false;
    await (await open(dataDir, { clock })).close();
  });

  it("lets exactly one of those that start at once have it", async () => {
    const dataDir = await createFilledDirectory();
    await leaveLock(dataDir, { startedAt: "1" });
    const results = await Promise.allSettled(Array.from({ length: 6 }, () => open(dataDir)));
    const opened = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    expect(opened.length).toBe(1);
    await opened[0]?.close();
  });
});

describe("a data directory that another process took over", () => {
  const message = "is another gateway's now";

  /** As another that counts this process as dead. */
  async function takeOver(dataDir: string): Promise<void> {
    await writeFile(join(dataDir, "lock.2"), JSON.stringify({ pid: 1, startedAt: "1", place: "another container" }));
    await rm(join(dataDir, "lock.1"));
    // Whoever closes the database as the last one tidies it up.
    const database = await openDatabase(join(dataDir, "ledger.sqlite"), { readOnly: true, busyTimeoutMs: 1000 });
    onTestFinished(() => database.close());
    database.prepare("SELECT count(*) FROM records").get();
  }

  async function readContents(dataDir: string): Promise<ReadonlyMap<string, string>> {
    const names = ["keys.json", "settings.json", "ledger.sqlite", "ledger.sqlite-wal"];
    return new Map(
      await Promise.all(names.map(async (name) => [name, await readFile(join(dataDir, name), "latin1")] as const)),
    );
  }

  it.each(["fail", "wait"] as const)(
    "gets nothing more, and that is told: whenWriteFails %s",
    async (whenWriteFails) => {
      const dataDir = await createFilledDirectory();
      const clock = createManualClock(sampleStartMs);
      const log = createRecordingLog();
      const stores = await open(dataDir, { clock, log, whenWriteFails });
      await takeOver(dataDir);
      const before = await readContents(dataDir);
      clock.advance(1000);
      await expect.poll(() => stores.health()).toEqual({ ok: false, reason: expect.stringContaining(message) });
      const refused = { code: "unavailable", message: expect.stringContaining(message) };
      await expect(stores.ledger.append(sampleEntry(3))).rejects.toMatchObject(refused);
      await expect(stores.ledger.reserve(sampleReservation(4))).rejects.toMatchObject(refused);
      await expect(stores.keys.create(sampleKey("b"), null)).rejects.toMatchObject(refused);
      await expect(stores.settings.update(() => ({ recording: "off" }), null)).rejects.toMatchObject(refused);
      const file = {
        ownerId: "key_a",
        name: "a",
        createdAtMs: 0,
        expiresAtMs: 1,
        id: "file-a",
        purpose: "batch",
      } as const;
      await expect(stores.files.write(file, [Buffer.from("content")])).rejects.toMatchObject(refused);
      await expect(stores.ledger.findRecord(sampleEntry(1).record.id)).rejects.toMatchObject(refused);
      expect(await stores.keys.list()).toEqual([sampleKey("a")]);
      clock.advance(60_000);
      await stores.close();
      expect(await readContents(dataDir)).toEqual(before);
      expect(await readdir(dataDir)).toContain("lock.2");
      expect(log.lines).toEqual([expect.stringMatching(/^error: .* Restart this gateway\.$/)]);
    },
  );

  it("gets nothing more from one that stood still and only finds out when it is closed", async () => {
    const dataDir = await createFilledDirectory();
    const manual = createManualClock(sampleStartMs);
    let frozenMs = 0;
    const clock = { ...manual, nowMs: () => manual.nowMs() + frozenMs };
    const log = createRecordingLog();
    const stores = await open(dataDir, { clock, log });
    // To be counted when it is closed.
    await stores.ledger.append(sampleEntry(2));
    await takeOver(dataDir);
    const before = await readContents(dataDir);
    frozenMs = 60_000;
    await stores.close();
    expect(await readContents(dataDir)).toEqual(before);
    expect(log.lines).toEqual([expect.stringContaining(message)]);
  });
});

describe("a store file", () => {
  const names = ["tokens.json", "keys.json", "users.json", "settings.json", "directory.json"];

  it.each(names)("%s stops the start when it is damaged, and is left as it is", async (name) => {
    const dataDir = await createFilledDirectory();
    const path = join(dataDir, name);
    const intact = await readFile(path, "utf8");
    for (const damaged of [
      "",
      intact.slice(0, intact.length / 2),
      "[]",
      "null",
      "garbage",
      intact.replace(/"version": \d+/, '"version": 99'),
      intact.replace("{", '{ "surplus": true,'),
    ]) {
      await writeFile(path, damaged);
      const line = await refusal(dataDir);
      expect(line).toContain(path);
      expect(line).toMatch(/restore/);
      expect(await readFile(path, "utf8")).toBe(damaged);
    }
    await writeFile(path, intact);
    const stores = await open(dataDir);
    expect(await stores.users.count()).toBe(1);
    await stores.close();
  });

  it.each(["tokens.json", "keys.json", "users.json", "settings.json", "ledger.sqlite"])(
    "%s stops the start when it has gone missing",
    async (name) => {
      const dataDir = await createFilledDirectory();
      await rm(join(dataDir, name), { recursive: true });
      expect(await refusal(dataDir)).toContain(`${join(dataDir, name)} is missing`);
    },
  );

  it("never shows what it holds in the refusal", async () => {
    const dataDir = await createFilledDirectory();
    const path = join(dataDir, "users.json");
    await writeFile(path, (await readFile(path, "utf8")).replace('"admin"', '"scrypt$secret"'));
    expect(await refusal(dataDir)).not.toContain("scrypt");
  });

  it("that cannot be written fails the change, which is then taken back", async ({ skip }) => {
    const disk = await mountSmallFileSystem(4 << 20);
    if (disk === null) return skip("no file system can be mounted here");
    const stores = await open(join(disk.path, "data"));
    await stores.keys.create(sampleKey("a"), null);
    disk.fill();
    const attempts = await Promise.allSettled([
      stores.keys.create(sampleKey("b"), null),
      stores.keys.update("key_a", () => ({ enabled: false }), null),
    ]);
    expect(attempts.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await stores.keys.list()).toEqual([sampleKey("a")]);
    expect(await stores.keys.findByHash(sampleKey("b").keyHash)).toBeNull();
    await stores.close();
  });
});

describe("the encryption key", () => {
  it("may be a passphrase, 32 bytes in hex or in base64", async () => {
    for (const text of ["correct horse battery", "ab".repeat(32), Buffer.alloc(32, 7).toString("base64")]) {
      const encryptionKey = new Secret(text);
      const dataDir = await createFilledDirectory({ encryptionKey });
      const stores = await open(dataDir, { encryptionKey });
      expect((await stores.tokens.find("tok_a"))?.secret?.reveal()).toBe(sampleToken("a").secret?.reveal());
      await stores.close();
      expect(await readdir(dataDir)).not.toContain("encryption.key");
    }
  });

  it("is refused when it is too short to be one, without being shown", async () => {
    const line = await refusal(await createTemporaryDirectory(), { encryptionKey: new Secret("abc12") });
    expect(line).toContain("ENCRYPTION_KEY");
    expect(line).not.toContain("abc12");
  });

  it("stops the start when it is not the one that encrypted the tokens", async () => {
    const dataDir = await createFilledDirectory();
    const before = await readFile(join(dataDir, "tokens.json"));
    expect(await refusal(dataDir, { encryptionKey: new Secret("another passphrase") })).toContain("ENCRYPTION_KEY");
    await writeFile(join(dataDir, "encryption.key"), Buffer.alloc(32).toString("base64"));
    expect(await refusal(dataDir)).toContain(join(dataDir, "encryption.key"));
    await writeFile(join(dataDir, "encryption.key"), "short");
    expect(await refusal(dataDir)).toContain("encryption.key is damaged");
    expect(await readFile(join(dataDir, "tokens.json"))).toEqual(before);
  });

  it("is never made up anew while stored tokens need the one that was lost", async () => {
    const dataDir = await createFilledDirectory();
    await rm(join(dataDir, "encryption.key"));
    expect(await refusal(dataDir)).toContain("encryption.key is missing");
    expect(await readdir(dataDir)).not.toContain("encryption.key");
  });

  it("finds an encrypted secret that was moved to another token", async () => {
    const dataDir = await createFilledDirectory();
    const path = join(dataDir, "tokens.json");
    await writeFile(path, (await readFile(path, "utf8")).replace('"tok_a"', '"tok_b"'));
    expect(await refusal(dataDir)).toContain(`${path} is damaged`);
  });
});
