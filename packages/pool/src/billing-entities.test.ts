import { createManualClock } from "@copilot-llm/model/testing";
import { describe, expect, it } from "vitest";
import { failureOf, modelOf, premiumQuotaOf, requestOf } from "../testing/fixtures.js";
import { PoolFixture, type PoolFixtureOptions, startMs } from "../testing/pool-fixture.js";
import type { Lease } from "./lease.js";

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;
const resetAtMs = startMs + 20 * dayMs;
const tokenPrices = { inputNanoAiu: 1, outputNanoAiu: 1, cacheReadNanoAiu: 1, cacheWriteNanoAiu: 1, longContext: null };
const creditsModel = modelOf("premium", { multiplier: null, tokenPrices });
const outOfQuota = failureOf("quota_exhausted", null, "quota_exceeded");

/** Seats of `acme`, each of its own account, and whatever else pays for itself. */
class Seats extends PoolFixture {
  constructor(seatIds: readonly string[], otherIds: readonly string[] = [], options: PoolFixtureOptions = {}) {
    super([...seatIds, ...otherIds], { models: [creditsModel, modelOf("free", { multiplier: 0 })], ...options });
    for (const id of seatIds) this.join(id);
  }

  join(id: string, changes: { entityId?: string; accountId?: string; seatEntitlement?: number | null } = {}): void {
    this.pool.setBilling(id, { entityId: "acme", accountId: `${id}-login`, seatEntitlement: 1_900, ...changes });
  }

  show(id: string, remaining: number, changes: Parameters<typeof premiumQuotaOf>[2] = {}): void {
    const nowMs = this.clock.nowMs();
    this.pool.setQuotas(id, [premiumQuotaOf(remaining, nowMs, { entitlement: 19_000, resetAtMs, ...changes })]);
  }

  entity(id = "acme") {
    return this.pool.entities().find((entity) => entity.id === id);
  }

  /** A request on any token, or the given one, that is told that there is no quota. Returns whom it asked. */
  async refuse(changes: Parameters<typeof requestOf>[0] = {}, remaining: number | null = null): Promise<string> {
    const lease = await this.lease(changes);
    this.refuseLease(lease, remaining);
    return lease.tokenId;
  }

  refuseLease(lease: Lease, remaining: number | null = null): void {
    const told = premiumQuotaOf(remaining ?? 0, this.clock.nowMs(), { entitlement: 19_000, resetAtMs });
    this.pool.reportFailure(lease, outOfQuota, remaining === null ? [] : [told]);
    lease.release();
  }

  why(changes: Parameters<typeof requestOf>[0] = {}) {
    return this.pool.lease(requestOf(changes));
  }
}

const tenSeats = Array.from({ length: 10 }, (_, index) => `seat-${index}`);

describe("what tokens of one billing entity may spend", () => {
  it("is counted once, though each of them shows it", () => {
    const fixture = new Seats(["a", "b"], ["c"]);
    for (const id of ["a", "b"]) fixture.show(id, 3_000, { entitlement: 3_800 });
    fixture.show("c", 100, { entitlement: 300 });
    expect(fixture.pool.entities()).toEqual([
      {
        id: "c",
        tokenIds: ["c"],
        unit: "credits",
        entitlement: 300,
        remaining: 100,
        unlimited: false,
        overagePermitted: false,
        resetAtMs,
        seenAtMs: startMs,
        suspectSinceMs: null,
      },
      expect.objectContaining({ id: "acme", tokenIds: ["a", "b"], entitlement: 3_800, remaining: 3_000 }),
    ]);
    expect(fixture.pool.tokens().map(({ entityId }) => entityId)).toEqual(["acme", "acme", "c"]);
  });

  it("is gone for all of them when one has spent it", async () => {
    const fixture = new Seats(["a", "b", "c"], [], { models: [modelOf("premium")] });
    for (const id of ["a", "b", "c"]) fixture.show(id, 4);
    const results = await Promise.all(Array.from({ length: 12 }, () => fixture.why()));
    expect(results.filter(({ ok }) => ok)).toHaveLength(4);
    for (const result of results) if (result.ok) fixture.pool.reportSuccess(result.lease);
    expect(["a", "b", "c"].map((id) => fixture.status(id))).toEqual(["exhausted", "exhausted", "exhausted"]);
    expect(fixture.entity()).toMatchObject({ remaining: 0 });
  });

  it("is weighed once by most_remaining, whose seats take turns", async () => {
    const fixture = new Seats(["a", "b"], ["c"], { strategy: "most_remaining", models: [modelOf("premium")] });
    for (const id of ["a", "b"]) fixture.show(id, 30, { entitlement: 30 });
    fixture.show("c", 40, { entitlement: 40 });
    expect(await fixture.serveMany(10)).toEqual({ c: 10 });
    expect(await fixture.serveMany(40)).toEqual({ a: 10, b: 10, c: 20 });
  });

  it("follows the newest figures of any of them", () => {
    const fixture = new Seats(["a", "b"]);
    fixture.show("a", 9_000);
    fixture.show("b", 8_500);
    expect(fixture.entity()).toMatchObject({ remaining: 8_500 });
    fixture.show("a", 0, { hasQuota: false });
    expect(["a", "b"].map((id) => fixture.status(id))).toEqual(["exhausted", "exhausted"]);
    fixture.clock.advance(20 * dayMs);
    expect(["a", "b"].map((id) => fixture.status(id))).toEqual(["active", "active"]);
  });

  it("is added up when the seats show their own shares of it, each account's once", () => {
    const fixture = new Seats(["a", "b", "again"]);
    fixture.join("again", { accountId: "a-login" });
    fixture.show("a", 1_900, { entitlement: 1_900 });
    expect(fixture.entity()).toMatchObject({ entitlement: 1_900, remaining: 1_900 });
    fixture.show("b", 900, { entitlement: 1_900 });
    fixture.show("again", 1_800, { entitlement: 1_900 });
    expect(fixture.entity()).toMatchObject({ entitlement: 3_800, remaining: 2_700 });
  });

  it("lasts beyond the shares that are known, as long as the service says that there is quota", async () => {
    const fixture = new Seats(["a", "b"]);
    for (const id of ["a", "b"]) fixture.show(id, -10, { entitlement: 1_900, hasQuota: true });
    expect(["a", "b"].map((id) => fixture.status(id))).toEqual(["active", "active"]);
    const lease = await fixture.lease();
    const told = premiumQuotaOf(0, startMs, { entitlement: 1_900, hasQuota: false, resetAtMs });
    fixture.pool.reportSuccess(lease, [told]);
    expect(fixture.status(lease.tokenId)).toBe("active");
    fixture.show("a", -10, { entitlement: 1_900, hasQuota: false });
    expect(["a", "b"].map((id) => fixture.status(id))).toEqual(["exhausted", "active"]);
  });

  it("goes with the token when it is told that another pays", async () => {
    const fixture = new Seats(["a", "b"]);
    fixture.show("a", 0, { hasQuota: false });
    fixture.join("b", { entityId: "b-login" });
    expect([fixture.status("a"), fixture.status("b")]).toEqual(["exhausted", "active"]);
    fixture.show("b", 500, { entitlement: 1_000 });
    const open = await fixture.lease();
    fixture.join("b");
    fixture.join("a", { entityId: "a-login" });
    expect(fixture.pool.entities().map(({ id }) => id)).toEqual(["acme", "a-login"]);
    expect(fixture.entity()).toMatchObject({ tokenIds: ["b"], entitlement: 1_000, remaining: 500 });
    fixture.pool.reportSuccess(open);
    open.release();
    fixture.pool.removeToken("b");
    expect(fixture.pool.entities().map(({ id }) => id)).toEqual(["a-login"]);
  });

  it("is never overdrawn by a request that is billed by tokens, where overage is permitted and another pays", async () => {
    const fixture = new Seats(["a"], ["other"], { strategy: "fill_first" });
    fixture.show("a", 0, { overagePermitted: true, hasQuota: true });
    expect(await fixture.serve()).toBe("other");
    fixture.pool.setEnabled("other", false);
    expect(await fixture.serve()).toBe("a");
  });
});

describe("a seat that is told that there is no quota", () => {
  it("sends the next try to another entity first", async () => {
    const fixture = new Seats(tenSeats, ["alone"], { strategy: "fill_first" });
    expect(await fixture.refuse()).toBe("seat-0");
    expect(fixture.entity()).toMatchObject({ suspectSinceMs: startMs });
    expect(await fixture.serve({ triedTokenIds: ["seat-0"] })).toBe("alone");
    expect(await fixture.serveMany(3)).toEqual({ alone: 3 });
    expect(fixture.status("seat-1")).toBe("active");
  });

  it("costs the request one more try where no other pays, and the rest none", async () => {
    const fixture = new Seats(tenSeats, [], { strategy: "fill_first" });
    fixture.show("seat-0", 500);
    expect(await fixture.refuse()).toBe("seat-0");
    expect(await fixture.refuse({ triedTokenIds: ["seat-0"] })).toBe("seat-1");
    const refused = { ok: false, why: "quota_exhausted" };
    expect(await fixture.why({ triedTokenIds: ["seat-0", "seat-1"] })).toMatchObject(refused);
    expect(await fixture.why()).toMatchObject(refused);
    expect(await fixture.why({ onlyTokenIds: ["seat-7"] })).toMatchObject(refused);
    expect(tenSeats.map((id) => fixture.pool.state(id))).toEqual(
      tenSeats.map(() => ({ status: "exhausted", untilMs: resetAtMs, reason: "upstream said quota_exhausted" })),
    );
    expect(await fixture.serve({ modelId: "free" })).toBe("seat-0");
  });

  it("ends all at once where its own figures say that nothing is left", async () => {
    const fixture = new Seats(tenSeats);
    fixture.show("seat-0", 500);
    await fixture.refuse({}, 0);
    expect(await fixture.why()).toMatchObject({ why: "quota_exhausted", retryAtMs: resetAtMs });
  });

  it("is tried again on one sibling after an hour, and on all in the next period", async () => {
    const fixture = new Seats(tenSeats, [], { strategy: "fill_first" });
    fixture.show("seat-0", 500);
    await fixture.refuse();
    await fixture.refuse();
    fixture.clock.advance(hourMs - 1);
    expect(await fixture.why()).toMatchObject({ ok: false, retryAtMs: startMs + hourMs });
    fixture.clock.advance(1);
    expect(await fixture.refuse()).toBe("seat-2");
    expect(await fixture.why()).toMatchObject({ ok: false });
    fixture.clock.advance(20 * dayMs);
    expect(await fixture.serve()).toBe("seat-0");
    expect(fixture.entity()).toMatchObject({ suspectSinceMs: null });
  });

  it("is tried again after no more than an hour when the clock is set back a day", async () => {
    let shiftMs = dayMs;
    const clock = createManualClock(startMs);
    const fixture = new Seats(["a", "b", "c"], [], {
      strategy: "fill_first",
      clock: { ...clock, nowMs: () => clock.nowMs() + shiftMs },
    });
    fixture.show("a", 500);
    await fixture.refuse();
    await fixture.refuse();
    expect(await fixture.why()).toMatchObject({ ok: false, retryAtMs: startMs + dayMs + hourMs });
    shiftMs = 0;
    expect(await fixture.why()).toMatchObject({ ok: false, retryAtMs: startMs + hourMs });
    clock.advance(hourMs);
    expect(await fixture.serve()).toBe("c");
    expect(fixture.entity()).toMatchObject({ suspectSinceMs: null });
  });

  it("whose reset nobody knows is tried again after no more than an hour when the clock is set back a day", async () => {
    let shiftMs = dayMs;
    const clock = createManualClock(startMs);
    const fixture = new Seats(["a", "b"], [], { clock: { ...clock, nowMs: () => clock.nowMs() + shiftMs } });
    for (const id of ["a", "b"]) fixture.show(id, 0, { resetAtMs: null });
    expect(await fixture.why()).toMatchObject({ ok: false, retryAtMs: startMs + dayMs + hourMs });
    shiftMs = 0;
    expect(await fixture.why()).toMatchObject({ ok: false, retryAtMs: startMs + hourMs });
    clock.advance(hourMs);
    expect(["a", "b"]).toContain(await fixture.serve());
  });

  it("clears the others as soon as one of them answers: it was a person's budget", async () => {
    const fixture = new Seats(["a", "b", "c"], [], { strategy: "fill_first" });
    await fixture.refuse();
    expect(await fixture.serve()).toBe("b");
    expect(fixture.entity()).toMatchObject({ suspectSinceMs: null });
    expect([fixture.status("a"), fixture.status("b")]).toEqual(["exhausted", "active"]);
    const both = [await fixture.lease({ onlyTokenIds: ["b"] }), await fixture.lease({ onlyTokenIds: ["c"] })];
    expect(both.map(({ tokenId }) => tokenId)).toEqual(["b", "c"]);
  });

  it("lets one request find out, while those that come meanwhile wait for its answer", async () => {
    const fixture = new Seats(["a", "b", "c"]);
    await fixture.refuse({ onlyTokenIds: ["a"] });
    const trial = await fixture.lease();
    const waiting = [fixture.lease(), fixture.lease(), fixture.lease({ onlyTokenIds: ["c"] })];
    await Promise.resolve();
    expect(fixture.pool.waiting).toBe(3);
    fixture.pool.reportSuccess(trial);
    expect((await Promise.all(waiting)).map(({ tokenId }) => tokenId).sort()).toEqual(["b", "c", "c"]);
  });

  it("refuses those that wait when the one is refused too", async () => {
    const fixture = new Seats(["a", "b", "c"]);
    await fixture.refuse({ onlyTokenIds: ["a"] });
    const trial = await fixture.lease();
    const waiting = [fixture.why(), fixture.why({ onlyTokenIds: ["c"] })];
    fixture.refuseLease(trial);
    expect(await Promise.all(waiting)).toMatchObject([{ why: "quota_exhausted" }, { why: "quota_exhausted" }]);
  });

  it.each([
    ["breaks off", (fixture: Seats, trial: Lease) => void fixture.pool.reportFailure(trial, failureOf("unreachable"))],
    ["ends without a report", (_: Seats, trial: Lease) => trial.release()],
  ])("goes on asking one at a time when the one %s", async (_, end) => {
    const fixture = new Seats(["a", "b", "c"]);
    await fixture.refuse({ onlyTokenIds: ["a"] });
    const trial = await fixture.lease();
    const next = fixture.lease();
    const third = fixture.lease();
    end(fixture, trial);
    await next;
    expect(fixture.pool.waiting).toBe(1);
    fixture.pool.reportSuccess(await next);
    await third;
  });

  it("is no proof against it when an answer was under way already, or cost nothing", async () => {
    const fixture = new Seats(["a", "b", "c"], ["d"], {
      models: [modelOf("premium"), modelOf("free", { multiplier: 0 })],
    });
    const early = await fixture.lease({ onlyTokenIds: ["b"] });
    await fixture.refuse({ onlyTokenIds: ["a"] });
    fixture.pool.reportSuccess(early);
    await fixture.serve({ onlyTokenIds: ["b"], modelId: "free" });
    await fixture.serve({ onlyTokenIds: ["b"], initiator: "agent" });
    expect(fixture.entity()).toMatchObject({ suspectSinceMs: startMs });
    await fixture.serve({ onlyTokenIds: ["b"] });
    expect(fixture.entity()).toMatchObject({ suspectSinceMs: null });
  });

  it("is taken for a person's budget where the refusals show quota left: others are asked, twice a request", async () => {
    const fixture = new Seats(tenSeats, [], { strategy: "fill_first" });
    fixture.show("seat-0", 5_000);
    await fixture.refuse({}, 4_999);
    await fixture.refuse({ triedTokenIds: ["seat-0"] }, 4_998);
    expect(await fixture.why({ triedTokenIds: ["seat-0", "seat-1"] })).toMatchObject({ why: "quota_exhausted" });
    expect(await fixture.serve()).toBe("seat-2");
  });

  it("proves with a second one that the quota is gone where the refusals show no more than their own shares", async () => {
    const fixture = new Seats(tenSeats, [], { strategy: "fill_first" });
    const refuse = async () => {
      const lease = await fixture.lease();
      fixture.pool.reportFailure(lease, outOfQuota, [
        premiumQuotaOf(1_800, startMs, { entitlement: 1_900, resetAtMs }),
      ]);
      lease.release();
    };
    await refuse();
    await refuse();
    expect(await fixture.why()).toMatchObject({ why: "quota_exhausted" });
  });

  it("clears the others when GitHub, asked a minute later, says that one has quota", async () => {
    const fixture = new Seats(["a", "b", "c"]);
    fixture.show("a", 5_000);
    await fixture.refuse({ onlyTokenIds: ["a"] });
    await fixture.refuse({ onlyTokenIds: ["b"] });
    fixture.clock.advance(minuteMs - 1);
    fixture.show("c", 5_000);
    expect(fixture.status("c")).toBe("exhausted");
    fixture.clock.advance(1);
    fixture.show("a", 5_000, { hasQuota: false });
    expect(fixture.status("c")).toBe("exhausted");
    fixture.show("c", 5_000);
    expect(["a", "b", "c"].map((id) => fixture.status(id))).toEqual(["exhausted", "exhausted", "active"]);
    expect(fixture.entity()).toMatchObject({ suspectSinceMs: null });
  });

  it("serves again itself once GitHub says that its person has quota again", async () => {
    const fixture = new Seats(["a", "b"]);
    fixture.show("a", 5_000);
    await fixture.refuse({ onlyTokenIds: ["a"] }, 4_990);
    fixture.show("a", 4_990, { hasQuota: false });
    fixture.show("a", 4_900, { hasQuota: false });
    expect(fixture.status("a")).toBe("exhausted");
    fixture.show("a", 4_900, { hasQuota: true });
    expect(fixture.status("a")).toBe("active");
  });

  it("makes its siblings suspect in gateways that hear of it", async () => {
    const fixture = new Seats(["a", "b", "c"], ["alone"], { strategy: "fill_first" });
    fixture.pool.adoptState("a", { status: "exhausted", untilMs: resetAtMs, reason: "told" }, null);
    expect(await fixture.serve()).toBe("alone");
    fixture.pool.adoptState("b", { status: "exhausted", untilMs: resetAtMs, reason: "told" }, null);
    expect(fixture.pool.state("c")).toEqual({ status: "exhausted", untilMs: resetAtMs, reason: "told" });
  });

  it("is no suspicion of anybody where it pays for itself", async () => {
    const fixture = new Seats([], ["a", "b"], { strategy: "fill_first" });
    await fixture.refuse();
    expect(fixture.pool.entities()).toMatchObject([{ suspectSinceMs: null }, { suspectSinceMs: null }]);
    expect(await Promise.all([fixture.lease(), fixture.lease()])).toMatchObject([{ tokenId: "b" }, { tokenId: "b" }]);
  });

  it("tells every sibling's state when they go and when they come back", async () => {
    const fixture = new Seats(["a", "b", "c"]);
    fixture.show("a", 5_000);
    const log: string[] = [];
    fixture.pool.onStateChange(({ tokenId, state }) => log.push(`${tokenId}: ${state?.status}`));
    await fixture.refuse({ onlyTokenIds: ["a"] });
    await fixture.refuse({ onlyTokenIds: ["b"] });
    expect(log).toEqual(["a: exhausted", "b: exhausted", "c: exhausted"]);
    log.length = 0;
    fixture.clock.advance(hourMs);
    expect(log).toEqual(["c: active"]);
    log.length = 0;
    await fixture.serve();
    expect(log).toEqual([]);
    fixture.clock.advance(20 * dayMs);
    expect(log).toEqual(["a: active", "b: active"]);
  });
});
