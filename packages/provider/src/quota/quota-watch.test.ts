import { type ApiKey, dayMs, defaultSettings, hourMs, premiumBucket } from "@copilot-llm/model";
import { sampleModel } from "@copilot-llm/model/testing";
import { createPool } from "@copilot-llm/pool";
import { sampleEntry, sampleKey } from "@copilot-llm/stores/contract";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBench } from "../testing/open-bench.js";
import { QuotaWatch } from "./quota-watch.js";

interface Figures {
  readonly entitlement: number;
  readonly used: number;
  readonly resetInMs: number;
}

/** A watch over real stores and a real pool of tokens whose figures the test gives. */
async function openWatch() {
  const bench = await openBench();
  const { stores, clock, randomness, log } = bench;
  const pool = createPool({ clock, randomness });
  const open = () => {
    const watch = new QuotaWatch({
      stores,
      pool,
      accounts: { payer: (tokenId) => ({ name: tokenId.toUpperCase(), source: "account" }) },
      settings: () => defaultSettings,
      clock,
      log,
    });
    onTestFinished(() => watch.close());
    return watch;
  };
  let sequence = 0;
  return {
    ...bench,
    watch: open(),
    open,
    addToken(id: string) {
      pool.addToken(id, { enabled: true });
      pool.setBilling(id, { entityId: id, accountId: id, seatEntitlement: null });
      pool.setCatalogue(id, [sampleModel()]);
    },
    tell(id: string, { entitlement, used, resetInMs }: Figures) {
      pool.setQuotas(id, [
        {
          bucket: premiumBucket,
          entitlement,
          remaining: entitlement - used,
          unlimited: false,
          hasQuota: true,
          overagePermitted: false,
          overageCount: 0,
          resetAtMs: clock.nowMs() + resetInMs,
          seenAtMs: clock.nowMs(),
        },
      ]);
    },
    async use(
      tokenId: string,
      premiumUnits: number,
      changes: { readonly atMs?: number; readonly keyId?: string; readonly batchId?: string } = {},
    ) {
      sequence += 1;
      const { atMs: startedAtMs = clock.nowMs(), keyId = "key_a", ...batch } = changes;
      await stores.ledger.append(sampleEntry(sequence, { tokenId, startedAtMs, premiumUnits, keyId, ...batch }));
    },
    async addKey(name: string, changes: Partial<ApiKey>) {
      await stores.keys.create(sampleKey(name, changes), null);
    },
  };
}

/** Three weeks of a unit an hour. */
async function useForWeeks({ use, clock }: Awaited<ReturnType<typeof openWatch>>, tokenId: string, keyId = "key_a") {
  const startMs = clock.nowMs();
  for (let hour = 0; hour < 21 * 24; hour += 1) await use(tokenId, 1, { atMs: startMs + hour * hourMs, keyId });
}

describe("the forecast of the quotas", () => {
  it("tells from the pace of the last weeks what will be lost, of each payer and of all", async () => {
    const bench = await openWatch();
    const { addToken, tell, clock, watch } = bench;
    addToken("alice");
    await useForWeeks(bench, "alice");
    clock.advance(21 * dayMs);
    tell("alice", { entitlement: 1_000, used: 504, resetInMs: 10 * dayMs });
    await watch.refresh();
    const { entities, pool, strategy } = await watch.forecast();
    expect(strategy).toBe("round_robin");
    expect(entities).toMatchObject([
      {
        entityId: "alice",
        name: "ALICE",
        tokenIds: ["alice"],
        unit: "premium_requests",
        entitlement: 1_000,
        used: 504,
      },
    ]);
    expect(entities[0]?.pace?.[5]).toBeCloseTo(1);
    expect(entities[0]?.usedAtReset?.expected).toBeCloseTo(504 + 240, 0);
    expect(entities[0]?.waste?.expected).toBeCloseTo(256, 0);
    expect(entities[0]?.runsOutAtMs).toBeNull();
    expect(pool).toMatchObject([{ unit: "premium_requests", entitlement: 1_000, used: 504 }]);
    expect(pool[0]?.waste).toEqual(entities[0]?.waste);
    expect(pool[0]?.leastWaste).toBeCloseTo(256, 0);
  });

  it("takes what batches used for no demand, but for used", async () => {
    const bench = await openWatch();
    const { addToken, tell, use, clock, watch } = bench;
    addToken("alice");
    const startMs = clock.nowMs();
    await useForWeeks(bench, "alice");
    for (let day = 0; day < 21; day += 1) {
      await use("alice", 20, { atMs: startMs + (day * 24 + 2) * hourMs, batchId: "batch_1" });
    }
    clock.advance(21 * dayMs);
    tell("alice", { entitlement: 1_000, used: 924, resetInMs: 10 * dayMs });
    await watch.refresh();
    const [entity] = (await watch.forecast()).entities;
    expect(entity?.pace).toHaveLength(168);
    expect(Math.max(...(entity?.pace ?? []))).toBeCloseTo(1);
    expect(entity?.used).toBe(924);
  });

  it("foretells nothing from less than a day", async () => {
    const { addToken, tell, use, clock, watch } = await openWatch();
    addToken("alice");
    await use("alice", 5);
    clock.advance(23 * hourMs);
    tell("alice", { entitlement: 300, used: 5, resetInMs: 10 * dayMs });
    await watch.refresh();
    expect((await watch.forecast()).entities).toMatchObject([{ used: 5, pace: null, waste: null, usedAtReset: null }]);
  });

  it.each([
    ["a bound key uses to the payer that alone may serve it", { githubTokenIds: ["alice"] }],
    ["goes to the owner's seat first to that", { seat: { tokenId: "alice", servesFirst: true } }],
  ])("keeps what %s", async (_name, changes) => {
    const bench = await openWatch();
    const { addToken, addKey, tell, clock, watch } = bench;
    addToken("alice");
    addToken("bob");
    await addKey("a", changes);
    await useForWeeks(bench, "alice");
    clock.advance(21 * dayMs);
    for (const id of ["alice", "bob"]) tell(id, { entitlement: 1_000, used: 500, resetInMs: 10 * dayMs });
    await watch.refresh();
    const [alice, bob] = (await watch.forecast()).entities;
    expect(alice?.waste?.expected).toBeCloseTo(260, 0);
    expect(bob?.waste?.expected).toBe(500);
  });

  it("counts on what is used past the gateway going on", async () => {
    const bench = await openWatch();
    const { addToken, tell, clock, watch } = bench;
    addToken("alice");
    await useForWeeks(bench, "alice");
    clock.advance(11 * dayMs);
    tell("alice", { entitlement: 2_000, used: 264, resetInMs: 20 * dayMs });
    await watch.refresh();
    clock.advance(10 * dayMs);
    tell("alice", { entitlement: 2_000, used: 504 + 480, resetInMs: 10 * dayMs });
    await watch.refresh();
    const [alice] = (await watch.forecast()).entities;
    expect(alice?.usedAtReset?.expected).toBeCloseTo(984 + 240 + 480, -1);
  });
});

describe("what a running cycle has used", () => {
  it("is told apart: through the gateway since the last reset, and elsewhere", async () => {
    const { addToken, tell, use, clock, watch } = await openWatch();
    for (const id of ["alice", "bob", "carol"]) addToken(id);
    await use("alice", 7);
    clock.advance(2 * hourMs);
    await use("alice", 30);
    await use("alice", 10, { batchId: "batch_1" });
    await use("bob", 20);
    // Alice's last reset was an hour ago, and GitHub has not counted all of bob's yet.
    const monthMs = 31 * dayMs;
    tell("alice", { entitlement: 300, used: 100, resetInMs: monthMs - hourMs });
    tell("bob", { entitlement: 300, used: 15, resetInMs: monthMs - hourMs });
    await watch.refresh();
    const told = async () =>
      (await watch.forecast()).entities.map(({ entityId, used, usedHere, usedElsewhere }) => [
        entityId,
        used,
        usedHere,
        usedElsewhere,
      ]);
    expect(await told()).toEqual([
      ["alice", 100, 40, 60],
      ["bob", 15, 20, 0],
      ["carol", null, null, null],
    ]);
    clock.advance(monthMs);
    await watch.refresh();
    expect(await told()).toContainEqual(["alice", 0, null, null]);
  });
});

describe("the cycles of the quotas", () => {
  it("tell once they have ended who used what, and what was lost, requests that ended late included", async () => {
    const { addToken, tell, use, clock, watch, open } = await openWatch();
    addToken("alice");
    await use("alice", 40);
    clock.advance(hourMs);
    tell("alice", { entitlement: 300, used: 100, resetInMs: 3 * hourMs - 400 });
    const resetAtMs = clock.nowMs() + 3 * hourMs;
    await watch.refresh();
    expect(await watch.closedCycles()).toEqual([]);

    await use("alice", 10, { atMs: resetAtMs - hourMs });
    clock.advance(4 * hourMs);
    tell("alice", { entitlement: 300, used: 0, resetInMs: 30 * dayMs });
    await watch.refresh();
    await watch.refresh();
    const expected = [
      {
        entityId: "alice",
        name: "ALICE",
        unit: "premium_requests",
        resetAtMs,
        entitlement: 300,
        seenFromMs: resetAtMs - 3 * hourMs,
        used: 110,
        usedHere: 50,
        usedElsewhere: 60,
        lost: 190,
      },
    ];
    expect(await watch.closedCycles()).toEqual(expected);
    expect(await open().closedCycles()).toEqual(expected);
  });

  it("end with what GitHub said last where nothing came after, and have none for who has no reset", async () => {
    const { addToken, tell, clock, watch } = await openWatch();
    addToken("alice");
    addToken("bob");
    tell("alice", { entitlement: 300, used: 320, resetInMs: dayMs });
    await watch.refresh();
    clock.advance(2 * dayMs);
    await watch.refresh();
    expect(await watch.closedCycles()).toMatchObject([{ entityId: "alice", used: 320, usedHere: 0, lost: 0 }]);
  });

  it("are looked at every two minutes until the watch is closed", async () => {
    const { addToken, tell, clock, watch, stores } = await openWatch();
    addToken("alice");
    tell("alice", { entitlement: 300, used: 20, resetInMs: dayMs });
    watch.start();
    clock.advance(15_000);
    await expect.poll(() => stores.quotaCycles.list(0)).toMatchObject([{ used: 20 }]);
    // That look may be under way still, and the next is to be another.
    await watch.refresh();
    tell("alice", { entitlement: 300, used: 30, resetInMs: dayMs - 15_000 });
    await watch.refresh();
    await watch.close();
    clock.advance(600_000);
    expect(await stores.quotaCycles.list(0)).toMatchObject([{ used: 30 }]);
  });
});
