import { expect, it } from "vitest";
import { askBatches, askStores } from "../../testing/ask-stores.js";
import { filledFromMs } from "../../testing/fill-data-directory.js";
import { keptDataDirectories, unpackDataDirectory } from "../../testing/kept-data-directories.js";
import { openDataDirectory } from "../../testing/open-data-directory.js";
import { createRecordingLog } from "../../testing/recording-log.js";
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
import type { RecordedRequest } from "../interfaces/ledger.js";
import type { StatisticsGrouping } from "../interfaces/statistics.js";
import type { Stores } from "../interfaces/stores.js";
import { type LowdbStores, openLowdbStores } from "../lowdb/open-lowdb-stores.js";
import { describeWithPostgres, encryptionKey } from "../postgres/testing/describe-with-postgres.js";
import { importDataDirectory } from "./import-data-directory.js";

const hourMs = 3_600_000;
const days = 12;
const clock = createManualClock(sampleStartMs);
const log = createRecordingLog();
const groupings: readonly StatisticsGrouping[] = ["model", "key", "token", "day", "hour"];

async function openNewDirectory(): Promise<LowdbStores> {
  const dataDir = await createTemporaryDirectory();
  return openLowdbStores({ dataDir, encryptionKey: null, clock, log });
}

async function fill({ tokens, keys, users, settings, audit, ledger, sessions }: Stores): Promise<void> {
  await tokens.create(sampleToken("b"), null);
  await tokens.create(sampleToken("a", { kind: "app_installation", secret: null }), null);
  await keys.create(sampleKey("a", { allowedModels: ["gpt-*"] }), null);
  await users.create(sampleUser("ada"), null);
  await settings.update(() => ({ modelAliases: { fast: "gpt-5-mini" } }), null);
  for (let index = 0; index < 3; index += 1) {
    await audit.append({ id: `evt_${index}`, atMs: index, actor: "ada", action: "a.b", subjectId: null, detail: {} });
  }
  for (let index = 0; index < days * 24; index += 1) {
    const startedAtMs = sampleStartMs + index * hourMs;
    const recording = index % 7 === 0 ? "off" : "full";
    const conversationId = `conversation ${index % 10}`;
    const entry = sampleEntry(index, {
      startedAtMs,
      recording,
      conversationId,
      keyId: index % 3 === 0 ? null : "key_a",
    });
    const bodies = { request: Buffer.from(`question ${index}`), response: Buffer.from([0, 255, index % 256]) };
    await ledger.append({ ...entry, bodies: recording === "off" ? null : bodies });
    if (index === 100) await ledger.resetKeyUsage("key_a", startedAtMs, null);
  }
  await sessions.remove(["conversation 3"], null);
}

async function exportAll({ sessions }: Stores): Promise<RecordedRequest[]> {
  const all: RecordedRequest[] = [];
  for await (const { record, bodies } of sessions.export({})) {
    all.push({
      record,
      bodies: bodies && { request: Buffer.from(bodies.request), response: Buffer.from(bodies.response) },
    });
  }
  return all;
}

describeWithPostgres("a data directory that is imported", (postgres) => {
  it("gives the same answers from the database, and goes on counting", async () => {
    const source = await openNewDirectory();
    await fill(source);
    const databaseUrl = await postgres.server.createDatabase();
    const summary = await importDataDirectory({ source, databaseUrl, encryptionKey, clock, log });
    expect(summary).toMatchObject({ tokens: 2, keys: 1, users: 1, auditEvents: 3 });
    const target = await postgres.openGateway(databaseUrl, { clock });
    const endMs = sampleStartMs + days * 24 * hourMs;
    const ask = async (stores: Stores) => ({
      tokens: (await stores.tokens.list()).map((token) => ({ ...token, secret: token.secret?.reveal() })),
      keys: await stores.keys.list(),
      users: await stores.users.list(),
      settings: await stores.settings.read(),
      audit: await stores.audit.list({ limit: 10 }),
      usage: await stores.ledger.usageByKey(["key_a"], endMs - hourMs),
      totals: await stores.ledger.totalsByToken(["tok_a"]),
      records: await exportAll(stores),
      sessions: (await stores.sessions.list({ limit: 100 })).sessions,
      statistics: await Promise.all(
        groupings.map((groupBy) =>
          stores.statistics.report({ fromMs: 0, toMs: endMs, groupBy, withOutputRates: true }),
        ),
      ),
    });
    expect(await ask(target)).toEqual(await ask(source));
    const used = (await source.ledger.usageByKey(["key_a"], endMs)).get("key_a")?.lifetime.requests ?? 0;
    const claims = [{ unit: "requests", window: "lifetime", limit: used } as const];
    expect((await target.ledger.reserve(sampleReservation(0, { claims }))).granted).toBe(false);
    await source.close();
  });

  it.each(keptDataDirectories)("may be of an earlier version: %i", async (version) => {
    const source = (await openDataDirectory(await unpackDataDirectory(version))).stores;
    const databaseUrl = await postgres.server.createDatabase();
    await importDataDirectory({ source, databaseUrl, encryptionKey, clock, log });
    const target = await postgres.openGateway(databaseUrl, { clock });
    // Sign-ins stay behind.
    expect(await askStores(target)).toEqual({ ...(await askStores(source)), signedIn: null });
    expect(await askBatches(target)).toEqual(await askBatches(source));
    const claim = { workerId: "worker", limit: 10, maxRunning: 10, nowMs: filledFromMs, leaseUntilMs: sampleStartMs };
    expect(await target.batches.claim(claim)).toEqual(await source.batches.claim(claim));
    await source.close();
  });

  it("is refused by a database that is in use or holds something, which stays as it is", async () => {
    const source = await openNewDirectory();
    await fill(source);
    const databaseUrl = await postgres.server.createDatabase();
    const importIt = () => importDataDirectory({ source, databaseUrl, encryptionKey, clock, log });
    const gateway = await postgres.openGateway(databaseUrl);
    await expect(importIt()).rejects.toThrow("stop it first");
    await gateway.users.create(sampleUser("grace"), null);
    await gateway.close();
    await expect(importIt()).rejects.toThrow("into an empty one");
    const after = await postgres.openGateway(databaseUrl);
    expect(await after.users.list()).toEqual([sampleUser("grace")]);
    expect(await after.tokens.list()).toEqual([]);
    await source.close();
  });
});
