import { describe, expect, it } from "vitest";
import { premiumModel, premiumQuotaOf, requestOf } from "../testing/fixtures.js";
import { PoolFixture, startMs } from "../testing/pool-fixture.js";
import type { LeaseRequest } from "./lease.js";
import type { SpareTerms } from "./spare-terms.js";

const resetAtMs = startMs + 24 * 60 * 60_000;

function spareOf(changes: Partial<SpareTerms> = {}, request: Partial<LeaseRequest> = {}): LeaseRequest {
  return requestOf({ ...request, spare: { maxPerToken: 1, mayUse: () => true, mayDraw: () => true, ...changes } });
}

describe("a request of the lowest priority", () => {
  it("draws on a billing entity's quota only where that is to spare", async () => {
    const { pool } = new PoolFixture(["a", "b"]);
    for (const id of ["a", "b"]) pool.setQuotas(id, [premiumQuotaOf(100, startMs, { resetAtMs })]);
    const asked: [string, number][] = [];
    const mayDraw = (entityId: string, units: number) => {
      asked.push([entityId, units]);
      return entityId === "b";
    };
    const leased = await pool.lease(spareOf({ mayDraw }));
    expect(leased).toMatchObject({ ok: true, lease: { tokenId: "b" } });
    expect(asked).toEqual([
      ["a", 1],
      ["b", 1],
    ]);
    expect(await pool.lease(spareOf({ mayDraw: () => false }))).toMatchObject({ ok: false, why: "resting" });
  });

  it("needs nobody's leave for a model that draws on nothing, or a quota without an end", async () => {
    const { pool } = new PoolFixture(["a"]);
    const mayDraw = () => false;
    expect(await pool.lease(spareOf({ mayDraw }, { modelId: "free" }))).toMatchObject({ ok: true });
    pool.setQuotas("a", [premiumQuotaOf(0, startMs, { unlimited: true, hasQuota: true })]);
    expect(await pool.lease(spareOf({ mayDraw, maxPerToken: 2 }))).toMatchObject({ ok: true });
  });

  it("leaves alone the tokens of an entity that it may not use, even for a model that draws on nothing", async () => {
    const { pool } = new PoolFixture(["a", "b"]);
    const mayUse = (entityId: string) => entityId === "b";
    const free = { modelId: "free" };
    expect(pool.sparePlaces({ maxPerToken: 2, mayUse })).toBe(2);
    expect(await pool.lease(spareOf({ mayUse }, free))).toMatchObject({ ok: true, lease: { tokenId: "b" } });
    expect(await pool.lease(spareOf({ mayUse }, free))).toMatchObject({ ok: false, why: "resting" });
  });

  it("has no more than its share of a token, whatever else runs there", async () => {
    const fixture = new PoolFixture(["a"]);
    const { pool } = fixture;
    await fixture.lease({ modelId: "free" });
    const first = await pool.lease(spareOf({}, { modelId: "free" }));
    expect(await pool.lease(spareOf({}, { modelId: "free" }))).toMatchObject({ ok: false });
    if (first.ok) first.lease.release();
    expect(await pool.lease(spareOf({}, { modelId: "free" }))).toMatchObject({ ok: true });
  });

  it("is refused at once where it would wait, and while others wait", async () => {
    const fixture = new PoolFixture(["a", "b"], { maxConcurrencyPerToken: 1 });
    const { pool } = fixture;
    const onlyA = { modelId: "free", onlyTokenIds: ["a"] };
    const running = await fixture.lease(onlyA);
    expect(await pool.lease(spareOf({}, onlyA))).toMatchObject({ ok: false, why: "resting" });
    expect(pool.waiting).toBe(0);
    const waiting = pool.lease(requestOf(onlyA));
    let told = 0;
    pool.onNobodyWaits(() => {
      told += 1;
    });
    expect(await pool.lease(spareOf({}, { modelId: "free" }))).toMatchObject({ ok: false });
    expect(told).toBe(0);
    running.release();
    expect(await waiting).toMatchObject({ ok: true });
    expect(told).toBe(1);
    expect(await pool.lease(spareOf({}, { modelId: "free" }))).toMatchObject({ ok: true, lease: { tokenId: "b" } });
  });

  it("is never paid for as overage, and asks no suspect nor a token that rests", async () => {
    const fixture = new PoolFixture(["a"]);
    const { pool } = fixture;
    pool.setQuotas("a", [premiumQuotaOf(0, startMs, { overagePermitted: true, hasQuota: true, resetAtMs })]);
    expect(await pool.lease(requestOf())).toMatchObject({ ok: true });
    expect(await pool.lease(spareOf())).toMatchObject({ ok: false });
    const lease = await fixture.lease({ modelId: "free" });
    pool.reportFailure(lease, {
      kind: "account_rate_limited",
      retryAfterMs: 60_000,
      error: { status: 429, code: null, message: "slow down" },
    });
    expect(await pool.lease(spareOf({}, { modelId: "free" }))).toMatchObject({ ok: false, why: "resting" });
  });

  it("takes first what would be lost soonest, and leaves conversations where they are", async () => {
    const fixture = new PoolFixture(["late", "soon"], { strategy: "fill_first" });
    const { pool } = fixture;
    pool.setQuotas("late", [premiumQuotaOf(100, startMs, { resetAtMs: resetAtMs * 2 - startMs })]);
    pool.setQuotas("soon", [premiumQuotaOf(100, startMs, { resetAtMs })]);
    await fixture.serve({ conversationId: "c", startsConversation: true });
    expect(await pool.lease(spareOf({}, { conversationId: "c" }))).toMatchObject({ lease: { tokenId: "soon" } });
    expect(await fixture.serve({ conversationId: "c" })).toBe("late");
  });

  it("is refused in the words of any other where the model is not there", async () => {
    const { pool } = new PoolFixture(["a"], { models: [premiumModel] });
    expect(await pool.lease(spareOf({}, { modelId: "free" }))).toMatchObject({ ok: false, why: "unknown_model" });
  });
});
