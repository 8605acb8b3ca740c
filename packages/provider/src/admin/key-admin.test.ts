import { defaultSettings, type Settings } from "@copilot-llm/model";
import { sampleRecord } from "@copilot-llm/stores/contract";
import { expect, test } from "vitest";
import { sha256Hex } from "../identity/hash.js";
import { type Bench, openBench } from "../testing/open-bench.js";
import { KeyAdmin } from "./key-admin.js";

async function setUp(settings: Settings = defaultSettings) {
  const bench = await openBench();
  return { ...bench, keys: new KeyAdmin({ ...bench, settings: () => settings, lastClient: () => null }) };
}

/** Puts one request of the key on record. */
async function use({ stores, clock, ids }: Bench, keyId: string): Promise<void> {
  const figures = { premiumUnits: 1, nanoAiu: 500_000_000 };
  const record = sampleRecord(0, { id: ids("req"), startedAtMs: clock.nowMs(), keyId, ...figures });
  const charges = { requests: 1, ...figures, tokens: 0 };
  await stores.ledger.append({ record, bodies: null, charges });
}

test("a key is told once, and kept as a hash and a preview", async () => {
  const { keys, stores, trail } = await setUp();
  const { key, value } = await keys.create("ada", { alias: "laptop" });
  expect(value.reveal()).toMatch(/^clp_[A-Za-z0-9]{40}$/);
  expect(key).toMatchObject({ keyHash: sha256Hex(value.reveal()), keyPreview: value.reveal().slice(0, 12) });
  expect(JSON.stringify([await stores.keys.list(), await keys.list(), await trail()])).not.toContain(value.reveal());
});

test("what a new key does not say follows the settings' defaults; null lifts them", async () => {
  const keyDefaults = {
    allowedModels: ["gpt-*"],
    limits: { ...defaultSettings.keyDefaults.limits, maxRequests: 100, requestsPerMinute: 5, limitPeriod: "day" },
    recording: "metadata",
  } as const;
  const { keys } = await setUp({ ...defaultSettings, keyDefaults });
  const plain = await keys.create("ada", { alias: "plain" });
  expect(plain.key).toMatchObject({ enabled: true, githubTokenIds: null, expiresAtMs: null, ...keyDefaults });
  const own = await keys.create("ada", {
    alias: "own",
    allowedModels: null,
    limits: { requestsPerMinute: null, maxCredits: 2 },
  });
  expect(own.key).toMatchObject({
    allowedModels: null,
    recording: "metadata",
    limits: { maxRequests: 100, requestsPerMinute: null, maxCredits: 2, limitPeriod: "day" },
  });
});

test("a change touches only what it names, and is on the trail", async () => {
  const { keys, trail } = await setUp();
  const { key } = await keys.create("ada", { alias: "laptop", limits: { maxRequests: 10, tokensPerMinute: 1_000 } });
  const { key: changed } = await keys.update("bob", key.id, { alias: "desktop", limits: { maxRequests: null } });
  expect(changed).toEqual({ ...key, alias: "desktop", limits: { ...key.limits, maxRequests: null } });
  expect((await trail()).at(-1)).toMatchObject({
    actor: "bob",
    action: "api_key.update",
    subjectId: key.id,
    detail: { changed: "alias,maxRequests" },
  });
});

test("parallel changes of different limits are all kept", async () => {
  const { keys, stores } = await setUp();
  const { key } = await keys.create("ada", { alias: "laptop" });
  const limits = { maxRequests: 1, maxCredits: 2, requestsPerMinute: 3, tokensPerMinute: 4, maxConcurrency: 5 };
  const changes = Object.entries(limits).map(([limit, value]) => ({ limits: { [limit]: value } }));
  await Promise.all(changes.map((change) => keys.update("ada", key.id, change)));
  expect((await stores.keys.find(key.id))?.limits).toEqual({ ...key.limits, ...limits });
});

test("a key is bound to tokens that exist", async () => {
  const { keys, stores, clock } = await setUp();
  const unknown = { code: "invalid_request", param: "github_token_ids" };
  await expect(keys.create("ada", { alias: "laptop", githubTokenIds: ["tok_x"] })).rejects.toMatchObject(unknown);
  expect(await keys.list()).toEqual([]);
  await stores.tokens.create(
    {
      id: "tok_a",
      alias: "a",
      kind: "logged_in_user",
      secret: null,
      enabled: true,
      createdAtMs: clock.nowMs(),
      login: null,
      plan: null,
      billingEntity: null,
    },
    null,
  );
  const { key } = await keys.create("ada", { alias: "laptop", githubTokenIds: ["tok_a"] });
  await expect(keys.update("ada", key.id, { githubTokenIds: ["tok_a", "tok_x"] })).rejects.toMatchObject(unknown);
});

test("usage is shown, counts from zero after a reset, and survives a rotation", async () => {
  const bench = await setUp();
  const { keys } = bench;
  const { key } = await keys.create("ada", { alias: "laptop" });
  expect((await keys.list())[0]?.usage).toBeNull();
  await use(bench, key.id);
  const rotated = await keys.rotate("ada", key.id);
  expect(rotated.usage).toMatchObject({ lifetime: { requests: 1, premiumUnits: 1, nanoAiu: 500_000_000 } });
  expect(rotated.key.keyHash).not.toBe(key.keyHash);
  expect((await keys.resetUsage("ada", key.id)).usage?.lifetime.requests).toBe(0);
});

test("what is not there is not found", async () => {
  const { keys } = await setUp();
  const { key } = await keys.create("ada", { alias: "laptop" });
  await expect(keys.create("ada", { alias: "LAPTOP" })).rejects.toMatchObject({ code: "conflict" });
  await keys.remove("ada", key.id);
  const gone = { code: "not_found" };
  await expect(keys.remove("ada", key.id)).rejects.toMatchObject(gone);
  await expect(keys.update("ada", key.id, { enabled: false })).rejects.toMatchObject(gone);
  await expect(keys.rotate("ada", key.id)).rejects.toMatchObject(gone);
  await expect(keys.resetUsage("ada", key.id)).rejects.toMatchObject(gone);
});
