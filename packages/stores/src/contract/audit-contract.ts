import assert from "node:assert/strict";
import { sampleEvent } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

export function auditContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("audit", () => {
    it(
      "lists the newest first, in pages, also after a restart",
      withStores(async (stores, { reopen }) => {
        for (let index = 0; index < 5; index += 1) await stores.audit.append(sampleEvent(index));
        const { audit } = await reopen();
        await audit.append(sampleEvent(5));
        assert.deepEqual(await audit.list({ limit: 2 }), [sampleEvent(5), sampleEvent(4)]);
        assert.deepEqual(await audit.list({ limit: 3, before: "evt_4" }), [
          sampleEvent(3),
          sampleEvent(2),
          sampleEvent(1),
        ]);
        assert.deepEqual(await audit.list({ limit: 3, before: "evt_1" }), [sampleEvent(0)]);
        assert.deepEqual(await audit.list({ limit: 3, before: "evt_0" }), []);
      }),
    );

    it(
      "keeps every event of parallel callers",
      withStores(async ({ audit }) => {
        await Promise.all(Array.from({ length: 50 }, (_, index) => audit.append(sampleEvent(index))));
        const ids = (await audit.list({ limit: 100 })).map(({ id }) => id);
        assert.equal(new Set(ids).size, 50);
      }),
    );

    it(
      "takes an id once: of parallel callers exactly one is told that it did, also after a restart",
      withStores(async (stores, { reopen }) => {
        const told = await Promise.all(Array.from({ length: 20 }, () => stores.audit.append(sampleEvent(1))));
        assert.equal(told.filter((isTaken) => isTaken).length, 1);
        const { audit } = await reopen();
        assert.equal(await audit.append(sampleEvent(1)), false);
        assert.equal(await audit.append(sampleEvent(2)), true);
        assert.deepEqual(await audit.list({ limit: 10 }), [sampleEvent(2), sampleEvent(1)]);
      }),
    );
  });
}
