import { routingStrategies } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { modelOf, premiumModel, premiumQuotaOf, requestOf } from "../testing/fixtures.js";
import { PoolFixture, startMs } from "../testing/pool-fixture.js";

const dayMs = 86_400_000;
const request = requestOf();

describe("round robin", () => {
  it("lands 30 requests over 3 tokens 10/10/10", async () => {
    const fixture = new PoolFixture(["a", "b", "c"]);
    expect(await fixture.serveMany(30)).toEqual({ a: 10, b: 10, c: 10 });
  });

  it("lands 30 requests at once over 3 tokens 10/10/10", async () => {
    const fixture = new PoolFixture(["a", "b", "c"]);
    await Promise.all(Array.from({ length: 30 }, () => fixture.lease()));
    expect(fixture.pool.tokens().map(({ inFlight }) => inFlight)).toEqual([10, 10, 10]);
  });

  it("lands 30 requests 10/10/10 whatever was pinned to one token before", async () => {
    const fixture = new PoolFixture(["a", "b", "c"]);
    await fixture.serveMany(7, { onlyTokenIds: ["b"] });
    expect(await fixture.serveMany(30)).toEqual({ a: 10, b: 10, c: 10 });
  });

  it("gives a resting token's share to all the others alike", async () => {
    const fixture = new PoolFixture(["a", "b", "c", "d"]);
    fixture.pool.setEnabled("a", false);
    expect(await fixture.serveMany(30)).toEqual({ b: 10, c: 10, d: 10 });
  });

  it("does not send a returning or new token a burst", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    fixture.pool.setEnabled("a", false);
    await fixture.serveMany(1_000);
    fixture.pool.setEnabled("a", true);
    fixture.add("c");
    expect(await fixture.serveMany(30)).toEqual({ a: 10, b: 10, c: 10 });
  });

  it("shares out each model among the tokens that have it", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    fixture.add("c", [modelOf("rare")]);
    expect(await fixture.serveMany(10, { modelId: "rare" })).toEqual({ c: 10 });
    expect(await fixture.serveMany(10)).toEqual({ a: 5, b: 5 });
  });
});

describe("most remaining", () => {
  function withQuotas(remaining: Readonly<Record<string, number>>): PoolFixture {
    const fixture = new PoolFixture(Object.keys(remaining), { strategy: "most_remaining" });
    for (const [id, units] of Object.entries(remaining)) {
      fixture.pool.setQuotas(id, [
        premiumQuotaOf(units, startMs, { entitlement: units, resetAtMs: startMs + 20 * dayMs }),
      ]);
    }
    return fixture;
  }

  it("uses the fullest token until others are as full, then shares", async () => {
    const fixture = withQuotas({ small: 10, large: 40, medium: 20 });
    expect(await fixture.serveMany(20)).toEqual({ large: 20 });
    expect(await fixture.serveMany(20)).toEqual({ large: 10, medium: 10 });
    expect(await fixture.serveMany(30)).toEqual({ small: 10, medium: 10, large: 10 });
    expect(await fixture.pool.lease({ ...request, modelId: "premium" })).toMatchObject({ why: "quota_exhausted" });
  });

  it("counts what is under way as gone", async () => {
    const fixture = withQuotas({ a: 11, b: 10 });
    const [first, second, third] = [await fixture.lease(), await fixture.lease(), await fixture.lease()];
    expect([first.tokenId, second.tokenId, third.tokenId].sort()).toEqual(["a", "a", "b"]);
  });

  it("prefers quota that would go to waste sooner", async () => {
    const fixture = withQuotas({ a: 40, b: 40 });
    fixture.pool.setQuotas("b", [premiumQuotaOf(40, startMs, { resetAtMs: startMs + dayMs })]);
    expect(await fixture.serveMany(10)).toEqual({ b: 10 });
  });

  it("takes turns for free models", async () => {
    const fixture = withQuotas({ a: 10, b: 400 });
    expect(await fixture.serveMany(10, { modelId: "free" })).toEqual({ a: 5, b: 5 });
  });
});

describe("fill first", () => {
  it("uses the first token until its quota is gone, then the next", async () => {
    const fixture = new PoolFixture(["a", "b", "c"], { strategy: "fill_first" });
    fixture.pool.setQuotas("a", [premiumQuotaOf(5, startMs, { resetAtMs: startMs + dayMs })]);
    expect(await fixture.serveMany(12)).toEqual({ a: 5, b: 7 });
    expect(fixture.status("a")).toBe("exhausted");
  });

  it("goes back to the first when that returns", async () => {
    const fixture = new PoolFixture(["a", "b"], { strategy: "fill_first" });
    fixture.pool.setEnabled("a", false);
    await fixture.serve();
    fixture.pool.setEnabled("a", true);
    expect(await fixture.serve()).toBe("a");
  });
});

describe("least waste", () => {
  /** Days until the reset -> units left. */
  function withQuotas(quotas: Readonly<Record<string, { readonly days: number | null; readonly units: number }>>) {
    const fixture = new PoolFixture(Object.keys(quotas), { strategy: "least_waste" });
    for (const [id, { days, units }] of Object.entries(quotas)) {
      const resetAtMs = days === null ? null : startMs + days * dayMs;
      fixture.pool.setQuotas(id, [premiumQuotaOf(units, startMs, { entitlement: 100, resetAtMs })]);
    }
    return fixture;
  }

  it("uses up what would be lost first, then the next", async () => {
    const fixture = withQuotas({
      late: { days: 20, units: 90 },
      soon: { days: 2, units: 5 },
      later: { days: 9, units: 5 },
    });
    expect(await fixture.serveMany(12)).toEqual({ soon: 5, later: 5, late: 2 });
  });

  it("shares among quotas that are lost together, by what each would lose", async () => {
    const fixture = withQuotas({ a: { days: 5, units: 30 }, b: { days: 5, units: 10 }, c: { days: 6, units: 50 } });
    expect(await fixture.serveMany(20)).toEqual({ a: 20 });
    expect(await fixture.serveMany(20)).toEqual({ a: 10, b: 10 });
    expect(await fixture.serveMany(5)).toEqual({ c: 5 });
  });

  it("leaves what is never lost, or not known to be, for last", async () => {
    const fixture = withQuotas({ unknown: { days: null, units: 50 }, soon: { days: 29, units: 4 } });
    fixture.add("unlimited");
    const unlimited = { entitlement: null, remaining: null, unlimited: true, hasQuota: true };
    fixture.pool.setQuotas("unlimited", [premiumQuotaOf(0, startMs, unlimited)]);
    fixture.add("unseen");
    expect(await fixture.serveMany(4)).toEqual({ soon: 4 });
    expect(Object.keys(await fixture.serveMany(9)).sort()).not.toContain("soon");
  });

  it("counts the seats of one billing entity as one, which take turns", async () => {
    const fixture = withQuotas({ a: { days: 5, units: 20 }, b: { days: 5, units: 20 }, alone: { days: 5, units: 30 } });
    for (const id of ["a", "b"])
      fixture.pool.setBilling(id, { entityId: "acme", accountId: id, seatEntitlement: null });
    expect(await fixture.serveMany(10)).toEqual({ alone: 10 });
    expect(await fixture.serveMany(40)).toEqual({ a: 10, b: 10, alone: 20 });
  });

  it("keeps a conversation where it is, though another token's quota would be lost sooner", async () => {
    const fixture = withQuotas({ late: { days: 20, units: 90 } });
    const first = { conversationId: "x", startsConversation: true };
    expect(await fixture.serve(first)).toBe("late");
    fixture.add("soon");
    fixture.pool.setQuotas("soon", [premiumQuotaOf(50, startMs, { resetAtMs: startMs + dayMs })]);
    expect(await fixture.serve({ conversationId: "x" })).toBe("late");
    expect(await fixture.serve({ conversationId: "y", startsConversation: true })).toBe("soon");
  });

  it("takes turns for free models", async () => {
    const fixture = withQuotas({ a: { days: 1, units: 10 }, b: { days: 9, units: 90 } });
    expect(await fixture.serveMany(10, { modelId: "free" })).toEqual({ a: 5, b: 5 });
  });
});

describe("a preferred token", () => {
  it.each(routingStrategies)("serves before any other under %s, as long as it can", async (strategy) => {
    const fixture = new PoolFixture(["a", "b", "c"], { strategy });
    const preferred = { preferredTokenId: "c" };
    expect(await fixture.serveMany(6, preferred)).toEqual({ c: 6 });
    fixture.pool.setQuotas("c", [premiumQuotaOf(0, startMs)]);
    expect(await fixture.serve(preferred)).not.toBe("c");
    expect(await fixture.serve({ ...preferred, modelId: "free" })).toBe("c");
    fixture.pool.setEnabled("c", false);
    expect(await fixture.serve({ ...preferred, modelId: "free" })).not.toBe("c");
    expect(await fixture.serve({ preferredTokenId: "unknown" })).toMatch(/^[ab]$/);
  });

  it("serves as paid overage only when no other can", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    fixture.pool.setQuotas("b", [premiumQuotaOf(0, startMs, { overagePermitted: true, hasQuota: true })]);
    expect(await fixture.serve({ preferredTokenId: "b" })).toBe("a");
    expect(await fixture.serve({ preferredTokenId: "b", onlyTokenIds: ["b"] })).toBe("b");
  });
});

describe("any strategy", () => {
  it.each([
    ["round_robin", ["paid", "b"]],
    ["round_robin", ["b", "paid"]],
    ["most_remaining", ["paid", "b"]],
    ["fill_first", ["paid", "b"]],
    ["fill_first", ["b", "paid"]],
    ["least_waste", ["paid", "b"]],
    ["least_waste", ["b", "paid"]],
  ] as const)("%s leaves paid overage for when nothing else can serve: %j", async (strategy, ids) => {
    const fixture = new PoolFixture(ids, { strategy });
    fixture.pool.setQuotas("paid", [premiumQuotaOf(0, startMs, { overagePermitted: true, hasQuota: true })]);
    fixture.pool.setQuotas("b", [premiumQuotaOf(3, startMs, { resetAtMs: startMs + dayMs })]);
    expect(await fixture.serveMany(5)).toEqual({ b: 3, paid: 2 });
  });

  it("can be changed while requests are served", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    fixture.pool.setStrategy("fill_first");
    expect(await fixture.serveMany(4)).toEqual({ a: 4 });
  });

  it("never exceeds a token's quota, however many requests come at once", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    const resetAtMs = startMs + dayMs;
    fixture.pool.setQuotas("a", [premiumQuotaOf(3, startMs, { resetAtMs })]);
    fixture.pool.setQuotas("b", [premiumQuotaOf(4, startMs, { resetAtMs })]);
    const results = await Promise.all(Array.from({ length: 20 }, () => fixture.pool.lease(request)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(7);
    const refused = results.find(({ ok }) => !ok);
    expect(refused).toEqual({ ok: false, why: "quota_exhausted", retryAtMs: null });
  });

  it("gives back the units of a request that failed, and takes those of one that ended unreported", async () => {
    const fixture = new PoolFixture(["a"]);
    fixture.pool.setQuotas("a", [premiumQuotaOf(1, startMs, { resetAtMs: startMs + dayMs })]);
    const failed = await fixture.lease();
    fixture.pool.reportFailure(failed, {
      kind: "rejected",
      retryAfterMs: null,
      error: { status: 400, code: null, message: "" },
    });
    failed.release();
    expect(fixture.status("a")).toBe("active");
    (await fixture.lease()).release();
    expect(fixture.status("a")).toBe("exhausted");
  });

  it("takes the response's own figures when it brings them", async () => {
    const fixture = new PoolFixture(["a"]);
    const lease = await fixture.lease();
    fixture.pool.reportSuccess(lease, [premiumQuotaOf(0, startMs, { resetAtMs: startMs + dayMs })]);
    expect(fixture.pool.state("a")).toMatchObject({ status: "exhausted", untilMs: startMs + dayMs });
  });

  it("keeps its own count where the response's figures lag behind or are rounded up", async () => {
    const fixture = new PoolFixture(["a"]);
    const snapshot = premiumQuotaOf(2, startMs, { resetAtMs: startMs + dayMs });
    fixture.pool.setQuotas("a", [snapshot]);
    for (let count = 0; count < 2; count += 1) {
      const lease = await fixture.lease();
      fixture.pool.reportSuccess(lease, [snapshot]);
      lease.release();
    }
    expect(fixture.status("a")).toBe("exhausted");
    fixture.pool.setQuotas("a", [snapshot]);
    expect(fixture.status("a")).toBe("active");
  });

  it("lets an agent go on without premium units where some are left", async () => {
    const opus = modelOf("opus", { multiplier: 15 });
    const fixture = new PoolFixture(["a"], { models: [opus, premiumModel] });
    fixture.pool.setQuotas("a", [premiumQuotaOf(2, startMs, { resetAtMs: startMs + dayMs })]);
    expect(await fixture.pool.lease({ ...request, modelId: "opus" })).toMatchObject({ why: "quota_exhausted" });
    expect(await fixture.serveMany(9, { modelId: "opus", initiator: "agent" })).toEqual({ a: 9 });
    expect(await fixture.serveMany(2)).toEqual({ a: 2 });
  });

  it("keeps to the tokens a request names", async () => {
    const fixture = new PoolFixture(["a", "b", "c"]);
    expect(await fixture.serveMany(6, { onlyTokenIds: ["c", "a", "unknown"] })).toEqual({ a: 3, c: 3 });
  });

  it("passes over the tokens a request has tried", async () => {
    const fixture = new PoolFixture(["a", "b", "c"]);
    expect(await fixture.serveMany(6, { triedTokenIds: ["a", "c"] })).toEqual({ b: 6 });
  });
});
