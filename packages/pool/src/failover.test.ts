import { type UpstreamFailureKind, upstreamFailureKinds } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { failureOf, premiumModel, premiumQuotaOf, requestOf } from "../testing/fixtures.js";
import { PoolFixture, startMs } from "../testing/pool-fixture.js";
import { failoverTable } from "./failover-table.js";
import type { FailoverStep } from "./pool.js";
import type { TokenView } from "./token-view.js";

const hourMs = 3_600_000;

async function failOnce(
  fixture: PoolFixture,
  kind: UpstreamFailureKind,
  retryAfterMs: number | null = null,
  code: string | null = null,
): Promise<FailoverStep> {
  const lease = await fixture.lease({ onlyTokenIds: ["a"] });
  const step = fixture.pool.reportFailure(lease, failureOf(kind, retryAfterMs, code));
  lease.release();
  return step;
}

function viewOf(fixture: PoolFixture): TokenView | undefined {
  return fixture.pool.tokens().find(({ id }) => id === "a");
}

describe("the failover table", () => {
  it("has a row for every kind of failure", () => {
    expect(Object.keys(failoverTable).sort()).toEqual([...upstreamFailureKinds].sort());
  });

  it.each(["unreachable", "timeout"] as const)("%s: next token, and this one keeps a strike", async (kind) => {
    const fixture = new PoolFixture(["a", "b"]);
    expect(await failOnce(fixture, kind)).toEqual({ action: "next_token", state: { status: "active" } });
    expect(await failOnce(fixture, kind)).toEqual({ action: "next_token", state: { status: "active" } });
    expect(await failOnce(fixture, kind)).toMatchObject({ action: "next_token", state: { status: "cooling" } });
  });

  it.each(["unauthorized", "forbidden"] as const)("%s: auth_failed with the reason, next token", async (kind) => {
    const fixture = new PoolFixture(["a", "b"]);
    const state = { status: "auth_failed", reason: `upstream said ${kind}` };
    expect(await failOnce(fixture, kind)).toEqual({ action: "next_token", state });
    fixture.clock.advance(1_000 * hourMs);
    expect(fixture.pool.state("a")).toEqual(state);
    fixture.pool.markActive("a");
    expect(fixture.status("a")).toBe("active");
  });

  it("quota_exhausted: exhausted until its reset, next token, free models still served", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    const resetAtMs = startMs + 100 * hourMs;
    fixture.pool.setQuotas("a", [premiumQuotaOf(10, startMs, { resetAtMs })]);
    const state = { status: "exhausted", untilMs: resetAtMs, reason: "upstream said quota_exhausted" };
    expect(await failOnce(fixture, "quota_exhausted")).toEqual({ action: "next_token", state });
    expect(await fixture.serve({ onlyTokenIds: ["a"], modelId: "free" })).toBe("a");
    expect(await fixture.serveMany(4)).toEqual({ b: 4 });
    fixture.clock.advance(100 * hourMs);
    expect(await fixture.serveMany(4)).toEqual({ a: 2, b: 2 });
  });

  it("quota_exhausted with no known reset: exhausted until a refresh shows quota, tried again after an hour", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    expect(await failOnce(fixture, "quota_exhausted")).toMatchObject({ state: { status: "exhausted", untilMs: null } });
    fixture.clock.advance(hourMs);
    expect(fixture.status("a")).toBe("active");
    await failOnce(fixture, "quota_exhausted");
    fixture.pool.setQuotas("a", [premiumQuotaOf(5, fixture.clock.nowMs())]);
    expect(fixture.status("a")).toBe("active");
  });

  it("quota_exhausted on a free model rests that model too, so that it is not tried in vain again and again", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    const lease = await fixture.lease({ onlyTokenIds: ["a"], modelId: "free" });
    fixture.pool.reportFailure(lease, failureOf("quota_exhausted"));
    expect(await fixture.serveMany(4, { modelId: "free" })).toEqual({ b: 4 });
  });

  it("quota_exhausted on a free model on every token is told as such, and it is tried again after an hour", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    for (const tokenId of ["a", "b"]) {
      const lease = await fixture.lease({ onlyTokenIds: [tokenId], modelId: "free" });
      fixture.pool.reportFailure(lease, failureOf("quota_exhausted"));
    }
    expect(await fixture.pool.lease(requestOf({ modelId: "free" }))).toMatchObject({
      ok: false,
      why: "quota_exhausted",
    });
    fixture.clock.advance(hourMs);
    expect(await fixture.serveMany(2, { modelId: "free" })).toEqual({ a: 1, b: 1 });
  });

  it("account_rate_limited: rests exactly for retry-after, next token", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    const state = { status: "cooling", untilMs: startMs + 30_000, reason: "upstream said account_rate_limited" };
    expect(await failOnce(fixture, "account_rate_limited", 30_000)).toEqual({ action: "next_token", state });
    fixture.clock.advance(29_999);
    expect(await fixture.serveMany(2)).toEqual({ b: 2 });
    fixture.clock.advance(1);
    expect(await fixture.serveMany(2)).toEqual({ a: 1, b: 1 });
  });

  it("account_rate_limited without retry-after: backs off exponentially, and starts over after a success", async () => {
    const fixture = new PoolFixture(["a"]);
    const rests: number[] = [];
    const failAndRest = async (): Promise<void> => {
      const { state } = await failOnce(fixture, "account_rate_limited");
      const untilMs = state?.status === "cooling" ? state.untilMs : 0;
      rests.push(untilMs - fixture.clock.nowMs());
      fixture.clock.advance(untilMs - fixture.clock.nowMs());
    };
    for (let count = 0; count < 3; count += 1) await failAndRest();
    await fixture.serve();
    await failAndRest();
    expect(rests.map((restMs) => Math.ceil(Math.log2(restMs / 7_500)))).toEqual([1, 2, 3, 1]);
  });

  it("account_rate_limited for the week: rests until the weekly reset when that is known, else for hours", async () => {
    const fixture = new PoolFixture(["a"]);
    const resetAtMs = startMs + 70 * hourMs;
    fixture.pool.setQuotas("a", [premiumQuotaOf(50, startMs, { bucket: "weekly", resetAtMs })]);
    const known = await failOnce(fixture, "account_rate_limited", 60_000, "user_weekly_rate_limited");
    expect(known.state).toMatchObject({ status: "cooling", untilMs: resetAtMs });

    const other = new PoolFixture(["a"]);
    const unknown = await failOnce(other, "account_rate_limited", null, "user_weekly_rate_limited");
    expect(unknown.state?.status === "cooling" && unknown.state.untilMs).toBeGreaterThanOrEqual(startMs + hourMs / 2);
  });

  it("model_rate_limited: only the model rests on this token, next token", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    expect(await failOnce(fixture, "model_rate_limited", 30_000)).toEqual({
      action: "next_token",
      state: { status: "active" },
    });
    expect(viewOf(fixture)?.restingModels).toEqual([
      { modelId: "premium", untilMs: startMs + 30_000, reason: "upstream said model_rate_limited" },
    ]);
    expect(await fixture.serveMany(4)).toEqual({ b: 4 });
    expect(await fixture.serveMany(4, { modelId: "free" })).toEqual({ a: 2, b: 2 });
    fixture.clock.advance(30_000);
    expect(viewOf(fixture)?.restingModels).toEqual([]);
    expect(await fixture.serveMany(4)).toEqual({ a: 2, b: 2 });
  });

  it("misdirected: next token, and this one rests at once, for longer each time", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    const rests: number[] = [];
    for (let count = 0; count < 3; count += 1) {
      const { action, state } = await failOnce(fixture, "misdirected");
      expect([action, state?.status]).toEqual(["next_token", "cooling"]);
      expect(await fixture.serveMany(2)).toEqual({ b: 2 });
      const untilMs = state?.status === "cooling" ? state.untilMs : 0;
      rests.push(untilMs - fixture.clock.nowMs());
      fixture.clock.advance(untilMs - fixture.clock.nowMs());
    }
    expect(rests.map((restMs) => Math.ceil(Math.log2(restMs / 1_000)))).toEqual([1, 2, 3]);
  });

  it.each(["shared_rate_limited", "client_outdated"] as const)(
    "%s: never another token, and this one stays as it is",
    async (kind) => {
      const fixture = new PoolFixture(["a", "b"]);
      for (let count = 0; count < 5; count += 1) {
        expect(await failOnce(fixture, kind, 30_000)).toEqual({ action: "stop", state: { status: "active" } });
      }
    },
  );

  it.each(["invalid_signature", "rejected"] as const)(
    "%s: once more with the request mended; the token stays as it is",
    async (kind) => {
      const fixture = new PoolFixture(["a", "b"]);
      for (let count = 0; count < 5; count += 1) {
        expect(await failOnce(fixture, kind)).toEqual({ action: "mend_and_retry", state: { status: "active" } });
      }
    },
  );
});

describe("rests for strikes are advice", () => {
  async function strikeOut(fixture: PoolFixture, tokenId: string): Promise<void> {
    for (let count = 0; count < 3; count += 1) {
      const lease = await fixture.lease({ onlyTokenIds: [tokenId] });
      fixture.pool.reportFailure(lease, failureOf("unreachable"));
      lease.release();
    }
    expect(fixture.status(tokenId)).toBe("cooling");
  }

  it("a pool of one serves all the same, and a success ends the rest", async () => {
    const fixture = new PoolFixture(["a"]);
    await strikeOut(fixture, "a");
    expect(fixture.pool.canServe()).toBe(true);
    expect(await fixture.serve()).toBe("a");
    expect(fixture.status("a")).toBe("active");
  });

  it("the one whose rest ends first is tried, and each once by one request", async () => {
    const fixture = new PoolFixture(["a", "b", "c"]);
    for (const id of ["b", "c", "a"]) {
      await strikeOut(fixture, id);
      fixture.clock.advance(200);
    }
    const ends = fixture.pool
      .tokens()
      .map(({ id, state }) => [id, state.status === "cooling" ? state.untilMs : 0] as const);
    const inOrder = [...ends].sort(([, one], [, other]) => one - other).map(([id]) => id);
    const tried: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const lease = await fixture.lease({ triedTokenIds: tried });
      tried.push(lease.tokenId);
      lease.release();
    }
    expect(tried).toEqual(inOrder);
    expect(await fixture.pool.lease(requestOf({ triedTokenIds: tried }))).toEqual({
      ok: false,
      why: "resting",
      retryAtMs: null,
    });
  });

  it("one that does not rest comes first", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    await strikeOut(fixture, "a");
    expect(await fixture.serveMany(4)).toEqual({ b: 4 });
  });

  it("rests that GitHub asked for hold, whatever strikes say", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    await strikeOut(fixture, "a");
    await failOnce(fixture, "account_rate_limited", 30_000);
    const lease = await fixture.lease({ onlyTokenIds: ["b"] });
    fixture.pool.reportFailure(lease, failureOf("account_rate_limited", 20_000));
    expect(await fixture.pool.lease(requestOf())).toMatchObject({
      ok: false,
      why: "resting",
      retryAtMs: startMs + 20_000,
    });
    expect(fixture.pool.canServe()).toBe(false);
  });

  it("an answer that turns out to be none counts as a strike, although it was taken for a success", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    const states: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const lease = await fixture.lease({ onlyTokenIds: ["a"] });
      fixture.pool.reportSuccess(lease);
      fixture.pool.reportBroken(lease, failureOf("unreachable"));
      lease.release();
      states.push(fixture.status("a"));
    }
    expect(states).toEqual(["active", "active", "cooling"]);
  });
});

describe("rests", () => {
  it("are not cut short by a later, shorter one", async () => {
    const fixture = new PoolFixture(["a"]);
    const [first, second] = [await fixture.lease(), await fixture.lease()];
    fixture.pool.reportFailure(first, failureOf("account_rate_limited", 60_000));
    const step = fixture.pool.reportFailure(second, failureOf("account_rate_limited", 5_000));
    expect(step.state).toMatchObject({ untilMs: startMs + 60_000 });
  });

  it.each([
    [0, 1_000],
    [-5_000, 1_000],
    [1e15, 31 * 24 * hourMs],
  ])("take a retry-after of %d ms as %d ms", async (retryAfterMs, restMs) => {
    const fixture = new PoolFixture(["a"]);
    const { state } = await failOnce(fixture, "account_rate_limited", retryAfterMs);
    expect(state).toMatchObject({ untilMs: startMs + restMs });
  });

  it("count failures of requests that were under way together as one", async () => {
    const fixture = new PoolFixture(["a"]);
    const leases = await Promise.all(Array.from({ length: 20 }, () => fixture.lease()));
    for (const lease of leases) fixture.pool.reportFailure(lease, failureOf("unreachable"));
    expect(fixture.status("a")).toBe("active");
  });

  it("forget strikes after a success", async () => {
    const fixture = new PoolFixture(["a"]);
    for (let count = 0; count < 6; count += 1) {
      await failOnce(fixture, "unreachable");
      await failOnce(fixture, "unreachable");
      await fixture.serve();
    }
    expect(fixture.status("a")).toBe("active");
  });

  it("do not end a streak by the success of a request from before it", async () => {
    const fixture = new PoolFixture(["a"]);
    const early = await fixture.lease();
    await failOnce(fixture, "unreachable");
    await failOnce(fixture, "unreachable");
    fixture.pool.reportSuccess(early);
    await failOnce(fixture, "unreachable");
    expect(fixture.status("a")).toBe("cooling");
  });

  it("grow while a token goes on failing after each", async () => {
    const fixture = new PoolFixture(["a"]);
    const rests: number[] = [];
    for (let count = 0; count < 8; count += 1) {
      const { state } = await failOnce(fixture, "unreachable");
      if (state?.status !== "cooling") continue;
      rests.push(state.untilMs - fixture.clock.nowMs());
      fixture.clock.advance(state.untilMs - fixture.clock.nowMs());
    }
    expect(rests.map((restMs) => Math.ceil(Math.log2(restMs / 1_000)))).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe("a lease", () => {
  it("of a token that left the pool reports to nobody", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    const lease = await fixture.lease({ onlyTokenIds: ["a"] });
    fixture.pool.removeToken("a");
    fixture.add("a");
    expect(fixture.pool.reportFailure(lease, failureOf("unauthorized"))).toEqual({ action: "next_token", state: null });
    lease.release();
    expect(viewOf(fixture)).toMatchObject({ state: { status: "active" }, inFlight: 0 });
  });

  it("gives its place back once, however often it is released", async () => {
    const fixture = new PoolFixture(["a"]);
    const [first] = [await fixture.lease(), await fixture.lease()];
    first.release();
    first.release();
    expect(viewOf(fixture)?.inFlight).toBe(1);
  });

  it("that is not the pool's own is a defect", () => {
    const { pool } = new PoolFixture(["a"]);
    const foreign = { tokenId: "a", model: premiumModel, release: () => undefined };
    expect(() => pool.reportSuccess(foreign)).toThrow(expect.objectContaining({ code: "internal" }));
  });
});
