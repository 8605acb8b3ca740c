import assert from "node:assert/strict";
import { sampleCharges, sampleEntry, sampleRecord, sampleRequestId, sampleStartMs } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

const dayMs = 86_400_000;

function sequence(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}

export function ledgerContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("records", () => {
    it(
      "come back byte for byte, also after a restart",
      withStores(async (stores, { reopen }) => {
        const bodies = {
          request: Buffer.from('{"text":"héllo \\u0000"}'),
          response: Buffer.from([0, 255, 254, 128, 10, 13, 0]),
        };
        const entry = { ...sampleEntry(1, { recording: "full" }), bodies };
        await stores.ledger.append(entry);
        const before = await stores.ledger.findRecord(entry.record.id);
        const after = await (await reopen()).ledger.findRecord(entry.record.id);
        for (const found of [before, after]) {
          assert.deepEqual(found?.record, entry.record);
          assert.deepEqual(Buffer.from(found?.bodies?.request ?? []), bodies.request);
          assert.deepEqual(Buffer.from(found?.bodies?.response ?? []), bodies.response);
        }
      }),
    );

    it(
      "tell empty bodies from none",
      withStores(async ({ ledger }) => {
        const none = sampleEntry(1);
        const empty = { ...sampleEntry(2), bodies: { request: new Uint8Array(0), response: new Uint8Array(0) } };
        await ledger.append(none);
        await ledger.append(empty);
        assert.equal((await ledger.findRecord(none.record.id))?.bodies, null);
        assert.equal((await ledger.findRecord(empty.record.id))?.bodies?.request.length, 0);
        assert.equal(await ledger.findRecord("req_unknown"), null);
        assert.equal(await ledger.findRecord(sampleRequestId(sampleStartMs, 99)), null);
      }),
    );

    it(
      "are found by ids of any form among many",
      withStores(async (stores, { reopen }) => {
        const ids = sequence(300).map((index) =>
          index % 3 === 0 ? `custom ${index}` : sampleRequestId(sampleStartMs, index),
        );
        await Promise.all(ids.map((id, index) => stores.ledger.append(sampleEntry(index, { id }))));
        const { ledger } = await reopen();
        for (const id of ids) assert.equal((await ledger.findRecord(id))?.record.id, id);
      }),
    );

    it(
      "are counted exactly once, however often and parallel they are appended",
      withStores(async (stores, { reopen }) => {
        const entry = sampleEntry(1);
        await Promise.all(sequence(8).map(() => stores.ledger.append(entry)));
        await stores.ledger.append(entry);
        const { ledger } = await reopen();
        await ledger.append(entry);
        const usage = await ledger.usageByKey(["key_a"], sampleStartMs);
        assert.equal(usage.get("key_a")?.lifetime.requests, 1);
        assert.equal((await ledger.totalsByToken(["tok_a"])).get("tok_a")?.requests, 1);
      }),
    );

    it(
      "all arrive when many are appended at once",
      withStores(async (stores, { reopen }) => {
        await Promise.all(sequence(500).map((index) => stores.ledger.append(sampleEntry(index))));
        const { ledger } = await reopen();
        const usage = await ledger.usageByKey(["key_a"], sampleStartMs);
        assert.equal(usage.get("key_a")?.lifetime.requests, 500);
        assert.equal(usage.get("key_a")?.lifetime.premiumUnits, 165);
      }),
    );
  });

  describe("usage", () => {
    it(
      "of keys is told for life, day and month, with the last use",
      withStores(async (stores, { reopen }) => {
        const startedAt = [Date.UTC(2026, 1, 27), Date.UTC(2026, 2, 9), sampleStartMs];
        for (const [index, startedAtMs] of startedAt.entries()) {
          await stores.ledger.append(sampleEntry(index, { startedAtMs }));
        }
        const { ledger } = await reopen();
        const usage = await ledger.usageByKey(["key_a", "key_unused"], sampleStartMs);
        assert.deepEqual([...usage.keys()], ["key_a"]);
        assert.deepEqual(usage.get("key_a"), {
          lifetime: sampleCharges({ requests: 3, premiumUnits: 0.99, nanoAiu: 6_000_000, tokens: 360 }),
          month: sampleCharges({ requests: 2, premiumUnits: 0.66, nanoAiu: 4_000_000, tokens: 240 }),
          day: sampleCharges(),
          lastUsedAtMs: sampleStartMs,
        });
        const nextDay = await ledger.usageByKey(["key_a"], sampleStartMs + dayMs);
        assert.equal(nextDay.get("key_a")?.day.requests, 0);
        assert.equal(nextDay.get("key_a")?.month.requests, 2);
      }),
    );

    it(
      "of a request that ran over midnight belongs to the day it began",
      withStores(async ({ ledger }) => {
        const midnight = Date.UTC(2026, 2, 11);
        await ledger.append(sampleEntry(1, { startedAtMs: midnight + 5 }));
        await ledger.append(sampleEntry(2, { startedAtMs: midnight - 5 }));
        assert.equal((await ledger.usageByKey(["key_a"], midnight)).get("key_a")?.day.requests, 1);
        assert.equal((await ledger.usageByKey(["key_a"], midnight - 1)).get("key_a")?.day.requests, 1);
      }),
    );

    it(
      "of a key starts from zero after a reset, and its records stay",
      withStores(async (stores, { reopen }) => {
        const entry = sampleEntry(1);
        await stores.ledger.append(entry);
        await stores.ledger.resetKeyUsage("key_a", sampleStartMs + 1, null);
        await stores.ledger.append(sampleEntry(2));
        const { ledger } = await reopen();
        const usage = (await ledger.usageByKey(["key_a"], sampleStartMs)).get("key_a");
        assert.deepEqual([usage?.lifetime.requests, usage?.day.requests, usage?.month.requests], [1, 1, 1]);
        assert.equal(usage?.lastUsedAtMs, sampleStartMs);
        assert.notEqual(await ledger.findRecord(entry.record.id), null);
      }),
    );

    it(
      "of tokens adds up what their records say, failures and keyless requests included",
      withStores(async (stores, { reopen }) => {
        await stores.ledger.append(sampleEntry(1));
        const record = sampleRecord(2, {
          keyId: null,
          outcome: "failed",
          premiumUnits: 0,
          nanoAiu: null,
          startedAtMs: sampleStartMs + 5,
        });
        await stores.ledger.append({ record, bodies: null, charges: sampleCharges({ requests: 0 }) });
        await stores.ledger.append(sampleEntry(3, { tokenId: null, tokenAlias: null }));
        const { ledger } = await reopen();
        const totals = await ledger.totalsByToken(["tok_a", "tok_unused"]);
        assert.deepEqual([...totals.keys()], ["tok_a"]);
        assert.deepEqual(totals.get("tok_a"), {
          requests: 2,
          premiumUnits: 0.33,
          nanoAiu: 2_000_000,
          lastUsedAtMs: sampleStartMs + 5,
        });
      }),
    );
  });

  describe("health", () => {
    it(
      "is good while records can be written",
      withStores(async (stores) => {
        await stores.ledger.append(sampleEntry(1));
        assert.deepEqual(stores.health(), { ok: true });
      }),
    );
  });
}
