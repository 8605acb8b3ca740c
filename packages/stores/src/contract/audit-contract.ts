import assert from "node:assert/strict";
import type { AuditEvent } from "@copilot-llm/model";
import { sampleStartMs } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

function event(index: number): AuditEvent {
  return {
    id: `evt_${index}`,
    atMs: sampleStartMs + index,
    actor: "ada",
    action: "api_key.create",
    subjectId: `key_${index}`,
    detail: { alias: `k${index}` },
  };
}

export function auditContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("audit", () => {
    it(
      "lists the newest first, in pages, also after a restart",
      withStores(async (stores, { reopen }) => {
        for (let index = 0; index < 5; index += 1) await stores.audit.append(event(index));
        const { audit } = await reopen();
        await audit.append(event(5));
        assert.deepEqual(await audit.list({ limit: 2 }), [event(5), event(4)]);
        assert.deepEqual(await audit.list({ limit: 3, before: "evt_4" }), [event(3), event(2), event(1)]);
        assert.deepEqual(await audit.list({ limit: 3, before: "evt_1" }), [event(0)]);
        assert.deepEqual(await audit.list({ limit: 3, before: "evt_0" }), []);
      }),
    );

    it(
      "keeps every event of parallel callers",
      withStores(async ({ audit }) => {
        await Promise.all(Array.from({ length: 50 }, (_, index) => audit.append(event(index))));
        const ids = (await audit.list({ limit: 100 })).map(({ id }) => id);
        assert.equal(new Set(ids).size, 50);
      }),
    );
  });
}
