import assert from "node:assert/strict";
import type { QuotaCycle } from "@copilot-llm/model";
import { sampleStartMs } from "./samples.js";
import type { TestApi, WithStores } from "./test-api.js";

const hourMs = 3_600_000;

function sampleCycle(changes: Partial<QuotaCycle> = {}): QuotaCycle {
  return {
    entityId: "acme",
    name: "Acme",
    unit: "credits",
    resetAtMs: sampleStartMs + 240 * hourMs,
    entitlement: 3_800,
    firstSeenAtMs: sampleStartMs,
    usedElsewhereAtFirst: 12.5,
    lastSeenAtMs: sampleStartMs,
    used: 100.25,
    usedHere: 87.75,
    ...changes,
  };
}

export function quotaCycleContract({ describe, it }: TestApi, withStores: WithStores): void {
  describe("quota cycles", () => {
    it(
      "are kept as they were seen last, with what was seen first",
      withStores(async (stores, { reopen }) => {
        const first = sampleCycle();
        const later = sampleCycle({ lastSeenAtMs: sampleStartMs + hourMs, used: 120, usedHere: 100, name: "ACME" });
        await stores.quotaCycles.note([first]);
        await stores.quotaCycles.note([{ ...later, firstSeenAtMs: later.lastSeenAtMs, usedElsewhereAtFirst: 20 }]);
        await stores.quotaCycles.note([{ ...first, used: 1 }]);
        const { quotaCycles } = await reopen();
        assert.deepEqual(await quotaCycles.list(0), [later]);
      }),
    );

    it(
      "are one for each entity, unit and reset, the last to end first",
      withStores(async (stores) => {
        const cycles = [
          sampleCycle({ resetAtMs: sampleStartMs + 1_000 * hourMs }),
          sampleCycle({ entityId: "zoe", unit: "premium_requests" }),
          sampleCycle(),
        ];
        await Promise.all([stores.quotaCycles.note(cycles), stores.quotaCycles.note([...cycles].reverse())]);
        await stores.quotaCycles.note([]);
        const [late, zoe, acme] = cycles;
        assert.deepEqual(await stores.quotaCycles.list(0), [late, acme, zoe]);
        assert.deepEqual(await stores.quotaCycles.list(sampleStartMs + 1_000 * hourMs), [late]);
        assert.deepEqual(await stores.quotaCycles.list(sampleStartMs + 1_001 * hourMs), []);
      }),
    );
  });
}
