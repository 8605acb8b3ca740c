import assert from "node:assert/strict";
import { countWinners, succeeds } from "./race.js";
import { sampleKey } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

export function keyContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("keys", () => {
    it(
      "come back after a restart, found by hash and by id",
      withStores(async (stores, { reopen }) => {
        const key = sampleKey("a", { allowedModels: ["gpt-*"], githubTokenIds: ["tok_a"], recording: "off" });
        await stores.keys.create(key, null);
        const { keys } = await reopen();
        assert.deepEqual(await keys.findByHash(key.keyHash), key);
        assert.deepEqual(await keys.find("key_a"), key);
        assert.deepEqual(await keys.list(), [key]);
        assert.equal(await keys.findByHash("another"), null);
        assert.equal(await keys.find("key_x"), null);
      }),
    );

    it(
      "are refused when id, hash or alias are there already",
      withStores(async ({ keys }) => {
        await keys.create(sampleKey("a"), null);
        await assert.rejects(keys.create(sampleKey("b", { id: "key_a" }), null), { code: "conflict" });
        await assert.rejects(keys.create(sampleKey("b", { keyHash: "hash of a" }), null), { code: "conflict" });
        await assert.rejects(keys.create(sampleKey("b", { alias: "A" }), null), { code: "conflict" });
        await keys.create(sampleKey("b"), null);
        await assert.rejects(
          keys.update("key_b", () => ({ alias: "A" }), null),
          { code: "conflict" },
        );
        await assert.rejects(
          keys.update("key_x", () => ({ enabled: false }), null),
          { code: "not_found" },
        );
      }),
    );

    it(
      "answer to a rotated key's new hash only",
      withStores(async ({ keys }) => {
        await keys.create(sampleKey("a"), null);
        await keys.update("key_a", () => ({ keyHash: "new hash" }), null);
        assert.equal(await keys.findByHash("hash of a"), null);
        assert.equal((await keys.findByHash("new hash"))?.id, "key_a");
      }),
    );

    it(
      "let exactly one of parallel callers take an alias, and exactly one remove it",
      withStores(async ({ keys }) => {
        const created = await countWinners(8, (index) =>
          succeeds(keys.create(sampleKey(`k${index}`, { alias: "same" }), null)),
        );
        assert.equal(created, 1);
        const [key] = await keys.list();
        assert.equal(await countWinners(8, () => keys.remove(key?.id ?? "", null)), 1);
        assert.equal(await keys.findByHash(key?.keyHash ?? ""), null);
      }),
    );
  });
}
