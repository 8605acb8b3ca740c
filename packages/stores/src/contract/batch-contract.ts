import assert from "node:assert/strict";
import type { BatchItem } from "@copilot-llm/model";
import type { BatchStore, ItemToSettle } from "../interfaces/batch-store.js";
import { inParts, sampleBatch, sampleClaim, sampleFile, sampleItemEntry, startSampleBatch } from "./batch-samples.js";
import { countWinners } from "./race.js";
import { sampleEvent, sampleStartMs } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

const hourMs = 3_600_000;
const noCounts = { total: 0, pending: 0, running: 0, succeeded: 0, errored: 0, cancelled: 0, expired: 0 };
const refusal: ItemToSettle = {
  state: "errored",
  requestId: null,
  status: 401,
  answer: Buffer.from("no such key"),
  atMs: sampleStartMs + 20,
};

function describeItem({ index, state, status, answer }: BatchItem) {
  return [index, state, status, answer === null ? null : Buffer.from(answer).toString()];
}

async function countsOf(batches: BatchStore, id: string) {
  const batch = await batches.find(id);
  return [batch?.status, batch?.counts];
}

async function readResults(batches: BatchStore, id: string) {
  const query = { afterIndex: null, limit: 1000, maxBytes: 1 << 20 };
  return (await batches.results(id, query)).map(describeItem);
}

export function batchContract(test: TestApi, withStores: WithStores): void {
  test.describe("batches", () => {
    beginnings(test, withStores);
    claims(test, withStores);
    entityLeases(test, withStores);
    furtherTries(test, withStores);
    outcomes(test, withStores);
    endings(test, withStores);
    results(test, withStores);
    removals(test, withStores);
  });
}

function beginnings({ it }: TestApi, withStores: WithStores): void {
  it(
    "are validated, run and found as they were created",
    withStores(async (stores, { reopen }) => {
      const created = sampleBatch("a", { metadata: { "a\0key": "välue" } });
      const batch = await stores.batches.create(created);
      assert.deepEqual(batch, {
        ...created,
        status: "validating",
        startedAtMs: null,
        cancelRequestedAtMs: null,
        endedAtMs: null,
        counts: noCounts,
        problems: [],
      });
      await assert.rejects(stores.batches.create(created), { code: "conflict" });
      const items = [0, 1, 2].map((index) => ({ index, customId: `item ${index}`, offset: index * 5, length: 4 }));
      await stores.batches.addItems("batch_a", items.slice(0, 2));
      await stores.batches.addItems("batch_a", items);
      assert.deepEqual(await stores.batches.claim(sampleClaim()), []);
      const started = await stores.batches.start("batch_a", sampleStartMs + 1);
      assert.deepEqual(started, {
        ...batch,
        status: "in_progress",
        startedAtMs: sampleStartMs + 1,
        counts: { ...noCounts, total: 3, pending: 3 },
      });
      await assert.rejects(stores.batches.start("batch_a", sampleStartMs), { code: "conflict" });
      await assert.rejects(stores.batches.addItems("batch_a", items), { code: "conflict" });
      await assert.rejects(stores.batches.addItems("batch_x", items), { code: "not_found" });
      const { batches } = await reopen();
      assert.deepEqual(await batches.find("batch_a"), started);
      assert.equal(await batches.find("batch_x"), null);
    }),
  );

  it(
    "end at once when they have no items",
    withStores(async (stores) => {
      const { status, endedAtMs } = await startSampleBatch(stores, "a", 0);
      assert.deepEqual([status, endedAtMs], ["completed", sampleStartMs + 1]);
    }),
  );

  it(
    "fail with what is wrong with their file",
    withStores(async (stores, { reopen }) => {
      const problems = [{ line: 2, code: "invalid_json", message: "Not JSON.", param: null }];
      await stores.batches.create(sampleBatch("a"));
      await stores.batches.addItems("batch_a", [{ index: 0, customId: "a", offset: 0, length: 1 }]);
      const failed = await stores.batches.fail("batch_a", problems, sampleStartMs + 5);
      assert.deepEqual([failed.status, failed.problems, failed.endedAtMs], ["failed", problems, sampleStartMs + 5]);
      assert.deepEqual(failed.counts, noCounts);
      await assert.rejects(stores.batches.fail("batch_a", problems, sampleStartMs), { code: "conflict" });
      const { batches } = await reopen();
      assert.deepEqual(await batches.find("batch_a"), failed);
      assert.deepEqual(await batches.claim(sampleClaim()), []);
      assert.deepEqual(await readResults(batches, "batch_a"), []);
    }),
  );

  it(
    "take no custom id that cannot be given back as it was",
    withStores(async ({ batches }) => {
      await batches.create(sampleBatch("a"));
      for (const customId of ["with\0NUL", "half \ud800"]) {
        const items = [{ index: 0, customId, offset: 0, length: 1 }];
        await assert.rejects(batches.addItems("batch_a", items), { code: "invalid_request" });
      }
    }),
  );

  it(
    "are listed by owner and kind, the newest first, page by page in both directions",
    withStores(async ({ batches }) => {
      for (const name of ["a", "b", "c", "d"]) await batches.create(sampleBatch(name));
      await batches.create(sampleBatch("m", { api: "anthropic" }));
      await batches.create(sampleBatch("other", { ownerId: "key_b" }));
      const list = async (query: Partial<Parameters<BatchStore["list"]>[0]>) =>
        (await batches.list({ ownerId: "key_a", limit: 10, ...query })).map(({ id }) => id.slice("batch_".length));
      assert.deepEqual(await list({ ownerId: null }), ["other", "m", "d", "c", "b", "a"]);
      assert.deepEqual(await list({}), ["m", "d", "c", "b", "a"]);
      assert.deepEqual(await list({ api: "openai", limit: 2 }), ["d", "c"]);
      assert.deepEqual(await list({ api: "openai", limit: 2, afterId: "batch_c" }), ["b", "a"]);
      assert.deepEqual(await list({ limit: 2, beforeId: "batch_a" }), ["c", "b"]);
      await assert.rejects(list({ afterId: "batch_x" }), { code: "invalid_request" });
      await batches.fail("batch_b", [], sampleStartMs + 5);
      assert.deepEqual(await list({ isOpen: true, api: "openai", afterId: "batch_d" }), ["c", "a"]);
    }),
  );
}

function entityLeases({ it }: TestApi, withStores: WithStores): void {
  it(
    "an entity's quota is one worker's at a time, until its lease is over or given back",
    withStores(async ({ batches }) => {
      const lease = async (
        workerId: string,
        nowMs: number,
        leaseUntilMs = nowMs + 10,
        entityIds = ["acme", "bob\u0000"],
      ) => [...(await batches.leaseEntities({ workerId, entityIds, nowMs, leaseUntilMs }))].sort();
      assert.deepEqual(await lease("one", 100, 110, ["acme"]), [["acme", 100]]);
      assert.deepEqual(await lease("two", 105), [["bob\u0000", 105]]);
      assert.deepEqual(await lease("one", 109, 120, ["acme"]), [["acme", 100]]);
      assert.deepEqual(await lease("two", 114), [["bob\u0000", 105]]);
      // Nobody prolonged the one; the other is given back.
      assert.deepEqual(await lease("two", 120), [
        ["acme", 120],
        ["bob\u0000", 105],
      ]);
      await lease("two", 121, 121);
      assert.deepEqual(await lease("one", 121), [
        ["acme", 121],
        ["bob\u0000", 121],
      ]);
      assert.deepEqual(await lease("one", 122, 130, []), []);
    }),
  );

  it(
    "of many workers that ask at once for the same entities each gets others",
    withStores(async ({ batches }) => {
      const entityIds = Array.from({ length: 20 }, (_, index) => `entity ${index}`);
      const held = await Promise.all(
        Array.from({ length: 8 }, (_, worker) => {
          const wanted = worker % 2 === 0 ? entityIds : entityIds.toReversed();
          return batches.leaseEntities({ workerId: `w${worker}`, entityIds: wanted, nowMs: 1, leaseUntilMs: 100 });
        }),
      );
      const ids = held.flatMap((leased) => [...leased.keys()]);
      assert.deepEqual(ids.sort(), entityIds.sort());
    }),
  );
}

function claims({ it }: TestApi, withStores: WithStores): void {
  it(
    "give items in order, of the oldest batch first, with the batch as it is then",
    withStores(async (stores) => {
      await startSampleBatch(stores, "a", 3);
      await startSampleBatch(stores, "b", 3);
      const first = await stores.batches.claim(sampleClaim({ limit: 2 }));
      assert.deepEqual(
        first.map(({ batchId, index, customId, offset, length, state }) => ({
          batchId,
          index,
          customId,
          offset,
          length,
          state,
        })),
        [0, 1].map((index) => ({
          batchId: "batch_a",
          index,
          customId: `a ${index}`,
          offset: index * 10,
          length: 9,
          state: "running",
        })),
      );
      assert.deepEqual(first[1]?.batch, await stores.batches.find("batch_a"));
      assert.deepEqual(first[1]?.batch.counts, { ...noCounts, total: 3, pending: 1, running: 2 });
      const next = await stores.batches.claim(sampleClaim({ limit: 3 }));
      assert.deepEqual(
        next.map(({ customId }) => customId),
        ["a 2", "b 0", "b 1"],
      );
    }),
  );

  it(
    "pass over batches that they are told to",
    withStores(async (stores) => {
      await startSampleBatch(stores, "a", 3);
      await startSampleBatch(stores, "b", 1);
      const claimed = await stores.batches.claim(sampleClaim({ exceptBatchIds: ["batch_a"] }));
      assert.deepEqual(
        claimed.map(({ customId }) => customId),
        ["b 0"],
      );
    }),
  );

  it(
    "give each item to one caller only and never run more than they may, however many ask at the same time",
    withStores(async (stores) => {
      await startSampleBatch(stores, "a", 100);
      await startSampleBatch(stores, "b", 100);
      const given: string[] = [];
      for (const [maxRunning, expected] of [
        [50, 50],
        [50, 50],
        [90, 90],
        [1000, 200],
      ] as const) {
        const asked = Array.from({ length: 200 }, (_, worker) =>
          stores.batches.claim(sampleClaim({ workerId: `worker ${worker}`, limit: 1 + (worker % 3), maxRunning })),
        );
        given.push(...(await Promise.all(asked)).flat().map(({ customId }) => customId));
        assert.equal(given.length, expected);
      }
      assert.equal(new Set(given).size, 200);
    }),
  );

  it(
    "end when their lease is over, unless it is renewed",
    withStores(async (stores) => {
      await startSampleBatch(stores, "a", 2);
      const leaseUntilMs = sampleStartMs + 1000;
      await stores.batches.claim(sampleClaim({ workerId: "dead", limit: 1, leaseUntilMs }));
      await stores.batches.claim(sampleClaim({ workerId: "alive", limit: 1, leaseUntilMs }));
      await stores.batches.renew("alive", leaseUntilMs + 1000);
      assert.deepEqual(await stores.batches.claim(sampleClaim({ nowMs: leaseUntilMs - 1 })), []);
      const again = await stores.batches.claim(sampleClaim({ nowMs: leaseUntilMs, leaseUntilMs: leaseUntilMs + 5000 }));
      assert.deepEqual(
        again.map(({ customId }) => customId),
        ["a 0"],
      );
      assert.deepEqual((await stores.batches.find("batch_a"))?.counts, { ...noCounts, total: 2, running: 2 });
    }),
  );

  it(
    "can be given back, by whoever has them",
    withStores(async (stores) => {
      await startSampleBatch(stores, "a", 2);
      const claimed = await stores.batches.claim(sampleClaim({ workerId: "one" }));
      await stores.batches.release(claimed, "another", sampleStartMs + 20);
      assert.deepEqual((await stores.batches.find("batch_a"))?.counts, { ...noCounts, total: 2, running: 2 });
      await stores.batches.release([...claimed, { batchId: "batch_x", index: 0 }], "one", sampleStartMs + 20);
      await stores.batches.release(claimed, "one", sampleStartMs + 20);
      assert.deepEqual((await stores.batches.find("batch_a"))?.counts, { ...noCounts, total: 2, pending: 2 });
      assert.equal((await stores.batches.claim(sampleClaim())).length, 2);
    }),
  );
}

function furtherTries({ it }: TestApi, withStores: WithStores): void {
  it(
    "that failed are counted, and are not made before their time",
    withStores(async (stores, { reopen }) => {
      await startSampleBatch(stores, "a", 2);
      const [first, second] = await stores.batches.claim(sampleClaim({ workerId: "one" }));
      assert.deepEqual([first?.tries, second?.tries], [0, 0]);
      const retryAtMs = sampleStartMs + 1_000;
      const failed = { batchId: "batch_a", index: 0, failed: { retryAtMs } };
      await stores.batches.release([failed], "another", sampleStartMs + 20);
      await stores.batches.release([failed, { batchId: "batch_a", index: 1 }], "one", sampleStartMs + 20);
      const again = await stores.batches.claim(sampleClaim({ nowMs: retryAtMs - 1 }));
      assert.deepEqual(
        again.map(({ index, tries }) => [index, tries]),
        [[1, 0]],
      );
      const { batches } = await reopen();
      const later = await batches.claim(sampleClaim({ nowMs: retryAtMs, limit: 1 }));
      assert.deepEqual(
        later.map(({ index, tries }) => [index, tries]),
        [[0, 1]],
      );
    }),
  );
}

function outcomes({ it }: TestApi, withStores: WithStores): void {
  it(
    "are on record with the request, and the batch ends with its last item",
    withStores(async (stores, { reopen }) => {
      await startSampleBatch(stores, "a", 3);
      const claimed = await stores.batches.claim(sampleClaim());
      const [first, second, third] = claimed;
      assert.ok(first && second && third);
      const entries = [sampleItemEntry(1, first), sampleItemEntry(2, second, "")];
      await Promise.all(entries.map((entry) => stores.ledger.append(entry)));
      assert.deepEqual(await countsOf(stores.batches, "batch_a"), [
        "in_progress",
        { ...noCounts, total: 3, running: 1, succeeded: 2 },
      ]);
      await stores.batches.settle(third, refusal);
      const again = await reopen();
      const ended = await again.batches.find("batch_a");
      assert.deepEqual([ended?.status, ended?.endedAtMs], ["completed", refusal.atMs]);
      assert.deepEqual(ended?.counts, { ...noCounts, total: 3, succeeded: 2, errored: 1 });
      const items = await again.batches.results("batch_a", { afterIndex: null, limit: 10, maxBytes: 1000 });
      assert.deepEqual(items.map(describeItem), [
        [0, "succeeded", 200, "answer 1"],
        [1, "succeeded", 200, ""],
        [2, "errored", 401, "no such key"],
      ]);
      const { record } = entries[0] ?? sampleItemEntry(1, first);
      assert.deepEqual([items[0]?.requestId, items[2]?.requestId], [record.id, null]);
      assert.equal(items[0]?.endedAtMs, record.startedAtMs + record.durationMs);
      assert.notEqual(await again.ledger.findRecord(record.id), null);
    }),
  );

  it(
    "are there once: appending again changes nothing, and what is settled stays",
    withStores(async (stores, { crash }) => {
      await startSampleBatch(stores, "a", 2);
      const [item] = await stores.batches.claim(sampleClaim());
      assert.ok(item);
      await stores.ledger.append(sampleItemEntry(1, item));
      const settled = await countsOf(stores.batches, "batch_a");
      await Promise.all([
        stores.ledger.append(sampleItemEntry(1, item, "the same request again")),
        stores.ledger.append(sampleItemEntry(2, item, "another request for it")),
        stores.batches.settle(item, refusal),
      ]);
      await stores.batches.release([item], "worker a", sampleStartMs + 20);
      const { batches, ledger } = await crash();
      assert.deepEqual(await readResults(batches, "batch_a"), [[0, "succeeded", 200, "answer 1"]]);
      const [, counts] = settled;
      assert.deepEqual(counts, { ...noCounts, total: 2, running: 1, succeeded: 1 });
      assert.equal((await batches.find("batch_a"))?.counts.succeeded, 1);
      assert.equal((await ledger.usageByKey(["key_a"], sampleStartMs)).get("key_a")?.lifetime.requests, 2);
    }),
  );

  it(
    "do not hold up the record where the batch is gone, or has no such item",
    withStores(async (stores) => {
      await startSampleBatch(stores, "a", 1);
      const entries = [
        sampleItemEntry(1, { batchId: "batch_x", index: 0 }),
        sampleItemEntry(2, { batchId: "batch_a", index: 7 }),
      ];
      for (const entry of entries) {
        await stores.ledger.append(entry);
        assert.notEqual(await stores.ledger.findRecord(entry.record.id), null);
      }
      await stores.batches.settle({ batchId: "batch_x", index: 0 }, refusal);
      assert.deepEqual((await stores.batches.find("batch_a"))?.counts, { ...noCounts, total: 1, pending: 1 });
    }),
  );

  it(
    "come in the order of any number of requests at the same time, each counted once",
    withStores(async (stores, { crash }) => {
      await startSampleBatch(stores, "a", 40);
      await startSampleBatch(stores, "b", 40);
      const claimed = await stores.batches.claim(sampleClaim());
      const appends = claimed.map((item, index) => stores.ledger.append(sampleItemEntry(index, item)));
      await Promise.all(appends);
      const { batches } = await crash();
      for (const id of ["batch_a", "batch_b"]) {
        assert.deepEqual(await countsOf(batches, id), ["completed", { ...noCounts, total: 40, succeeded: 40 }]);
        assert.equal((await readResults(batches, id)).length, 40);
      }
    }),
  );

  it(
    "are not lost, nor is an item that runs, when the process ends",
    withStores(async (stores, { crash }) => {
      await startSampleBatch(stores, "a", 3);
      const [first] = await stores.batches.claim(sampleClaim({ limit: 2 }));
      assert.ok(first);
      await stores.ledger.append(sampleItemEntry(1, first));
      const { batches } = await crash();
      const claimed = await batches.claim(
        sampleClaim({ nowMs: sampleStartMs + 60_000, leaseUntilMs: sampleStartMs + 99_000 }),
      );
      assert.deepEqual(
        claimed.map(({ customId }) => customId),
        ["a 1", "a 2"],
      );
      assert.deepEqual(await readResults(batches, "batch_a"), [[0, "succeeded", 200, "answer 1"]]);
    }),
  );
}

function endings({ it }: TestApi, withStores: WithStores): void {
  it(
    "by being cancelled leave out what is pending at once, and wait for what runs",
    withStores(async (stores, { reopen }) => {
      await startSampleBatch(stores, "a", 4);
      const [first, second] = await stores.batches.claim(sampleClaim({ limit: 2 }));
      assert.ok(first && second);
      const cancelling = await stores.batches.cancel("batch_a", sampleStartMs + 30, null);
      assert.deepEqual([cancelling.status, cancelling.cancelRequestedAtMs], ["cancelling", sampleStartMs + 30]);
      assert.deepEqual(cancelling.counts, { ...noCounts, total: 4, running: 2, cancelled: 2 });
      assert.deepEqual(await stores.batches.claim(sampleClaim()), []);
      await stores.ledger.append(sampleItemEntry(1, first));
      assert.deepEqual(
        await stores.batches.cancel("batch_a", sampleStartMs + 31, null),
        await stores.batches.find("batch_a"),
      );
      await stores.batches.release([second], "worker a", sampleStartMs + 40);
      const { batches } = await reopen();
      const ended = await batches.find("batch_a");
      assert.deepEqual([ended?.status, ended?.endedAtMs], ["cancelled", sampleStartMs + 40]);
      assert.deepEqual(ended?.counts, { ...noCounts, total: 4, succeeded: 1, cancelled: 3 });
      const items = await batches.results("batch_a", { afterIndex: null, limit: 10, maxBytes: 1000 });
      assert.deepEqual(items.map(describeItem), [
        [0, "succeeded", 200, "answer 1"],
        [1, "cancelled", null, null],
        [2, "cancelled", null, null],
        [3, "cancelled", null, null],
      ]);
      assert.equal(items[3]?.endedAtMs, sampleStartMs + 30);
      assert.deepEqual(await batches.cancel("batch_a", sampleStartMs + 50, null), ended);
    }),
  );

  it(
    "by being cancelled end at once where nothing runs, also while they are validated",
    withStores(async (stores) => {
      await startSampleBatch(stores, "a", 2);
      await stores.batches.create(sampleBatch("b"));
      for (const id of ["batch_a", "batch_b"]) {
        const { status, endedAtMs } = await stores.batches.cancel(id, sampleStartMs + 30, null);
        assert.deepEqual([status, endedAtMs], ["cancelled", sampleStartMs + 30]);
      }
      await assert.rejects(stores.batches.start("batch_b", sampleStartMs + 31), { code: "conflict" });
      await assert.rejects(stores.batches.cancel("batch_x", sampleStartMs, null), { code: "not_found" });
    }),
  );

  it(
    "ignore a request that comes when its item was given up",
    withStores(async (stores) => {
      await startSampleBatch(stores, "a", 1);
      const [item] = await stores.batches.claim(sampleClaim({ leaseUntilMs: sampleStartMs + 100 }));
      assert.ok(item);
      await stores.batches.cancel("batch_a", sampleStartMs + 30, null);
      await stores.batches.expire({ nowMs: sampleStartMs + 100, endedBeforeMs: 0 });
      await stores.ledger.append(sampleItemEntry(1, item));
      assert.deepEqual(await readResults(stores.batches, "batch_a"), [[0, "cancelled", null, null]]);
      assert.deepEqual(await countsOf(stores.batches, "batch_a"), [
        "cancelled",
        { ...noCounts, total: 1, cancelled: 1 },
      ]);
    }),
  );

  it(
    "by running out of time: nothing is begun any more, and what runs goes on to its end",
    withStores(async (stores) => {
      const expiresAtMs = sampleStartMs + hourMs;
      await startSampleBatch(stores, "a", 3, { expiresAtMs });
      await startSampleBatch(stores, "b", 1, { expiresAtMs: expiresAtMs + 1 });
      const lease = { nowMs: expiresAtMs - 1, leaseUntilMs: expiresAtMs + hourMs };
      const [item] = await stores.batches.claim(sampleClaim({ ...lease, limit: 1 }));
      assert.ok(item);
      const claimed = await stores.batches.claim(sampleClaim({ ...lease, nowMs: expiresAtMs, limit: 1 }));
      assert.deepEqual(
        claimed.map(({ customId }) => customId),
        ["b 0"],
      );
      await stores.batches.expire({ nowMs: expiresAtMs, endedBeforeMs: 0 });
      const { status, counts } = (await stores.batches.find("batch_a")) ?? {};
      assert.deepEqual([status, counts], ["in_progress", { ...noCounts, total: 3, running: 1, expired: 2 }]);
      assert.equal((await stores.batches.cancel("batch_a", expiresAtMs, null)).status, "in_progress");
      await stores.ledger.append(sampleItemEntry(1, item));
      assert.deepEqual(await readResults(stores.batches, "batch_a"), [
        [0, "succeeded", 200, "answer 1"],
        [1, "expired", null, null],
        [2, "expired", null, null],
      ]);
      assert.equal((await stores.batches.find("batch_a"))?.status, "expired");
      assert.equal((await stores.batches.find("batch_b"))?.status, "in_progress");
    }),
  );
}

function results({ it }: TestApi, withStores: WithStores): void {
  it(
    "come in pages, bounded in items and in bytes, and by what became of the items",
    withStores(async (stores) => {
      await startSampleBatch(stores, "a", 6);
      const claimed = await stores.batches.claim(sampleClaim({ limit: 5 }));
      for (const item of claimed.slice(0, 4))
        await stores.ledger.append(sampleItemEntry(item.index, item, "x".repeat(100)));
      const last = claimed[4];
      assert.ok(last);
      await stores.batches.settle(last, refusal);
      const page = async (afterIndex: number | null, changes: Partial<Parameters<BatchStore["results"]>[1]>) =>
        (await stores.batches.results("batch_a", { afterIndex, limit: 10, maxBytes: 1000, ...changes })).map(
          ({ index }) => index,
        );
      assert.deepEqual(await page(null, {}), [0, 1, 2, 3, 4]);
      assert.deepEqual(await page(null, { limit: 2 }), [0, 1]);
      assert.deepEqual(await page(1, { limit: 2 }), [2, 3]);
      assert.deepEqual(await page(4, {}), []);
      assert.deepEqual(await page(null, { maxBytes: 150 }), [0, 1]);
      assert.deepEqual(await page(null, { maxBytes: 1 }), [0]);
      assert.deepEqual(await page(null, { states: ["errored"] }), [4]);
      assert.deepEqual(await page(null, { states: ["cancelled", "expired"] }), []);
      await stores.batches.cancel("batch_a", sampleStartMs + 30, null);
      assert.deepEqual(await page(null, { states: ["errored", "cancelled"] }), [4, 5]);
      assert.deepEqual(await stores.batches.results("batch_x", { afterIndex: null, limit: 1, maxBytes: 1 }), []);
    }),
  );
}

function removals({ it }: TestApi, withStores: WithStores): void {
  it(
    "take items along, and the file where it is internal",
    withStores(async (stores, { reopen }) => {
      for (const [name, purpose] of [
        ["a", "batch_internal"],
        ["b", "batch"],
      ] as const) {
        await stores.files.write(sampleFile(name, { purpose }), inParts(name));
        await startSampleBatch(stores, name, 2);
        await assert.rejects(stores.batches.remove(`batch_${name}`, null), { code: "conflict" });
        await stores.batches.cancel(`batch_${name}`, sampleStartMs + 5, null);
        assert.equal(await countWinners(4, () => stores.batches.remove(`batch_${name}`, null)), 1);
      }
      const { batches, files } = await reopen();
      assert.deepEqual(await batches.list({ ownerId: null, limit: 10 }), []);
      assert.equal(await files.find("file-a"), null);
      assert.notEqual(await files.find("file-b"), null);
      const created = await batches.create(sampleBatch("a"));
      assert.deepEqual([created.counts, await readResults(batches, "batch_a")], [noCounts, []]);
    }),
  );

  it(
    "happen by themselves, to batches that ended long ago and to those whose validation was given up",
    withStores(async (stores) => {
      await startSampleBatch(stores, "old", 0);
      await startSampleBatch(stores, "running", 1);
      await stores.batches.create(sampleBatch("given-up"));
      await stores.batches.create(sampleBatch("validating", { createdAtMs: sampleStartMs + 1 }));
      const names = async () => (await stores.batches.list({ ownerId: null, limit: 10 })).map(({ id }) => id).sort();
      await stores.batches.expire({ nowMs: sampleStartMs + hourMs - 1, endedBeforeMs: sampleStartMs + 1 });
      assert.equal((await names()).length, 4);
      await stores.batches.expire({ nowMs: sampleStartMs + hourMs, endedBeforeMs: sampleStartMs + 2 });
      assert.deepEqual(await names(), ["batch_running", "batch_validating"]);
    }),
  );

  it(
    "and cancelling are on the trail where somebody did it, and only once",
    withStores(async (stores) => {
      const before = await startSampleBatch(stores, "a", 1);
      const given: unknown[] = [];
      const audited = (sequence: number) => (batch: unknown) => {
        given.push(batch);
        return sampleEvent(sequence);
      };
      const cancelled = await stores.batches.cancel("batch_a", sampleStartMs + 5, audited(1));
      await stores.batches.cancel("batch_a", sampleStartMs + 6, audited(2));
      assert.equal(await stores.batches.remove("batch_a", audited(3)), true);
      assert.equal(await stores.batches.remove("batch_a", audited(4)), false);
      assert.deepEqual(given, [before, cancelled]);
      assert.deepEqual(await stores.audit.list({ limit: 10 }), [sampleEvent(3), sampleEvent(1)]);
    }),
  );
}
