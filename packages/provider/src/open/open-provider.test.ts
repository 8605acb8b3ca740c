import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Secret } from "@copilot-llm/model";
import { startSimulator } from "@copilot-llm/simulator";
import type { Stores } from "@copilot-llm/stores";
import { openLowdbStores } from "@copilot-llm/stores/lowdb";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { createSystemClock, createSystemRandomness } from "../system-clock.js";
import { silentLog } from "../testing/open-bench.js";
import { type OpenedProvider, openProvider } from "./open-provider.js";

const clock = createSystemClock();
let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "copilot-llm-open-"));
  onTestFinished(() => rm(directory, { recursive: true, force: true, maxRetries: 3 }));
});

const openStores = () =>
  openLowdbStores({ dataDir: path.join(directory, "data"), encryptionKey: null, clock, log: silentLog });

function openOver(stores: Stores, url: string): Promise<OpenedProvider> {
  return openProvider({
    stores,
    stateDir: path.join(directory, "runtime"),
    copilotApiUrl: url,
    githubApiUrl: url,
    environment: { PATH: process.env.PATH },
    timeouts: { connectMs: 2_000, firstByteMs: 10_000, idleMs: 10_000 },
    clock,
    randomness: createSystemRandomness(),
    log: silentLog,
    legacyKey: null,
    recording: "full",
    recordingRetentionDays: 90,
    servesUnrecorded: false,
    maxRequestBytes: 1_000_000,
  });
}

it("serves the accounts of GitHub, and closes all that it was opened with", async () => {
  const simulator = await startSimulator({ accounts: [{ login: "alice", token: "gho_alice0123456789" }] });
  onTestFinished(() => simulator.close());
  const { provider, close } = await openOver(await openStores(), simulator.url);
  const credential = { kind: "user", token: new Secret("gho_alice0123456789") } as const;
  await provider.tokens.create("test", { alias: "alice", enabled: true, credential });
  expect(provider.readiness()).toEqual({ ready: true });
  expect(provider.listModels(null).length).toBeGreaterThan(0);
  await close();
  // The directory is free again only when the stores let go of it.
  const again = await openStores();
  expect(await again.tokens.list()).toMatchObject([{ alias: "alice" }]);
  await again.close();
});

it("leaves nothing running that hears of changes when the tokens cannot be read", async () => {
  const stores = await openStores();
  let listening = 0;
  const failing: Stores = {
    ...stores,
    tokens: { ...stores.tokens, list: () => Promise.reject(new Error("gone")) },
    changes: {
      publish: (change) => stores.changes.publish(change),
      subscribe(listener) {
        listening += 1;
        const unsubscribe = stores.changes.subscribe(listener);
        return () => {
          listening -= 1;
          unsubscribe();
        };
      },
    },
  };
  await expect(openOver(failing, "http://127.0.0.1:9")).rejects.toThrow("gone");
  expect(listening).toBe(0);
  await stores.close();
});

it("passes on why it cannot open, and leaves the stores to their owner", async () => {
  const stores = await openStores();
  const failing: Stores = {
    ...stores,
    settings: { ...stores.settings, read: () => Promise.reject(new Error("gone")) },
  };
  await expect(openOver(failing, "http://127.0.0.1:9")).rejects.toThrow("gone");
  expect(stores.health().ok).toBe(true);
  await stores.close();
});
