import type { Clock } from "@copilot-llm/model";
import { createManualClock } from "@copilot-llm/model/testing";
import { describe, expect, it } from "vitest";
import { failureOf, freeModel, modelOf, premiumModel, premiumQuotaOf, requestOf } from "../testing/fixtures.js";
import { PoolFixture, startMs } from "../testing/pool-fixture.js";
import type { TokenStateChange } from "./state-watch.js";

const dayMs = 86_400_000;

describe("a token", () => {
  it("is checking until its catalogue is set or a check succeeded", () => {
    const { pool } = new PoolFixture([]);
    pool.addToken("a", { enabled: true });
    pool.addToken("b", { enabled: true });
    expect(pool.state("a")).toEqual({ status: "checking" });
    pool.setCatalogue("a", [premiumModel]);
    pool.markActive("b");
    expect([pool.state("a"), pool.state("b")]).toEqual([{ status: "active" }, { status: "active" }]);
  });

  it("is disabled while an admin says so, and comes back as it was", async () => {
    const fixture = new PoolFixture(["a"]);
    fixture.pool.reportFailure(await fixture.lease(), failureOf("account_rate_limited", 60_000));
    fixture.pool.setEnabled("a", false);
    expect(fixture.status("a")).toBe("disabled");
    fixture.pool.setEnabled("a", true);
    expect(fixture.status("a")).toBe("cooling");
  });

  it("shows the rest before the used-up quota, and the quota when the rest is over", async () => {
    const fixture = new PoolFixture(["a"]);
    const lease = await fixture.lease();
    fixture.pool.setQuotas("a", [premiumQuotaOf(0, startMs, { resetAtMs: startMs + dayMs })]);
    fixture.pool.reportFailure(lease, failureOf("account_rate_limited", 60_000));
    expect(fixture.status("a")).toBe("cooling");
    fixture.clock.advance(60_000);
    expect(fixture.pool.state("a")).toMatchObject({ status: "exhausted", untilMs: startMs + dayMs });
    fixture.clock.advance(dayMs);
    expect(fixture.status("a")).toBe("active");
  });

  it("keeps its rest and its quota when a check succeeds", async () => {
    const fixture = new PoolFixture(["a"]);
    fixture.pool.reportFailure(await fixture.lease(), failureOf("account_rate_limited", 60_000));
    fixture.pool.markActive("a");
    expect(fixture.status("a")).toBe("cooling");
  });

  it("keeps the reset it knows when a later source of figures does not tell it", () => {
    const { pool } = new PoolFixture(["a"]);
    const resetAtMs = startMs + dayMs;
    pool.setQuotas("a", [premiumQuotaOf(5, startMs, { resetAtMs })]);
    pool.setQuotas("a", [premiumQuotaOf(0, startMs)]);
    expect(pool.state("a")).toMatchObject({ status: "exhausted", untilMs: resetAtMs });
    expect(pool.tokens()[0]?.quotas).toMatchObject([{ remaining: 0, resetAtMs }]);
  });

  it("that is added twice is a conflict, and one that is unknown is ignored or not found", () => {
    const { pool } = new PoolFixture(["a"]);
    expect(() => pool.addToken("a", { enabled: true })).toThrow(expect.objectContaining({ code: "conflict" }));
    pool.removeToken("unknown");
    pool.setEnabled("unknown", true);
    pool.setCatalogue("unknown", []);
    pool.setQuotas("unknown", []);
    pool.markAuthFailed("unknown", "");
    pool.markActive("unknown");
    expect(() => pool.state("unknown")).toThrow(expect.objectContaining({ code: "not_found" }));
    expect(pool.tokens().map(({ id }) => id)).toEqual(["a"]);
  });

  it("shows its models, its quotas and what is under way", async () => {
    const fixture = new PoolFixture([]);
    fixture.add("a", [premiumModel, modelOf("off", {}, { enabled: false })]);
    const quota = premiumQuotaOf(9, startMs);
    const chat = premiumQuotaOf(4, startMs, { bucket: "chat" });
    fixture.pool.setQuotas("a", [quota]);
    fixture.pool.setQuotas("a", [chat]);
    await fixture.lease();
    expect(fixture.pool.tokens()).toEqual([
      {
        id: "a",
        entityId: "a",
        state: { status: "active" },
        cause: null,
        inFlight: 1,
        unit: "premium_requests",
        modelIds: ["premium"],
        disabledModelIds: ["off"],
        restingModels: [],
        quotas: [quota, chat],
      },
    ]);
  });
});

describe("a token's view", () => {
  it.each([
    ["account_rate_limited", "cooling"],
    ["unauthorized", "auth_failed"],
    ["forbidden", "auth_failed"],
    ["quota_exhausted", "exhausted"],
  ] as const)("says which failure its state comes from: %s", async (kind, status) => {
    const fixture = new PoolFixture(["a"]);
    fixture.pool.reportFailure(await fixture.lease(), failureOf(kind, 60_000));
    expect(fixture.pool.tokens()).toMatchObject([{ state: { status }, cause: kind }]);
    fixture.pool.markActive("a");
    fixture.clock.advance(60_000);
    expect(fixture.pool.tokens()).toMatchObject([{ state: { status: "active" }, cause: null }]);
  });

  it("names the failure of the longest rest, and none for a rest that another process told of", async () => {
    const fixture = new PoolFixture(["a"]);
    const untilMs = startMs + 30_000;
    fixture.pool.reportFailure(await fixture.lease(), failureOf("account_rate_limited", 20_000));
    fixture.pool.adoptState("a", { status: "cooling", untilMs: startMs + 10_000, reason: "shorter" }, null);
    expect(fixture.pool.tokens()).toMatchObject([{ cause: "account_rate_limited" }]);
    fixture.pool.adoptState("a", { status: "cooling", untilMs, reason: "longer" }, null);
    expect(fixture.pool.tokens()).toMatchObject([{ state: { untilMs }, cause: null }]);
    fixture.pool.adoptState("a", { status: "auth_failed", reason: "told" }, null);
    expect(fixture.pool.tokens()).toMatchObject([{ state: { status: "auth_failed" }, cause: null }]);
  });

  it("says what its account's premium bucket counts, once its catalogue does", () => {
    const tokenPrices = {
      inputNanoAiu: 1,
      outputNanoAiu: 1,
      cacheReadNanoAiu: 1,
      cacheWriteNanoAiu: 1,
      longContext: null,
    };
    const fixture = new PoolFixture([]);
    fixture.add("premium", [freeModel, premiumModel]);
    fixture.add("credits", [modelOf("priced", { multiplier: null, tokenPrices })]);
    fixture.add("free", [freeModel]);
    expect(fixture.pool.tokens().map(({ unit }) => unit)).toEqual(["premium_requests", "credits", null]);
  });
});

describe("state changes", () => {
  function listen(fixture: PoolFixture): string[] {
    const log: string[] = [];
    fixture.pool.onStateChange(({ tokenId, previous, state }: TokenStateChange) => {
      log.push(`${tokenId}: ${previous?.status ?? "none"} -> ${state?.status ?? "none"}`);
    });
    return log;
  }

  it("are told as they happen, by events or by time, and each once", async () => {
    const fixture = new PoolFixture([]);
    const log = listen(fixture);
    fixture.add("a");
    const lease = await fixture.lease();
    fixture.pool.reportFailure(lease, failureOf("account_rate_limited", 60_000));
    fixture.pool.reportFailure(lease, failureOf("account_rate_limited", 60_000));
    fixture.clock.advance(60_000);
    fixture.pool.setQuotas("a", [premiumQuotaOf(0, fixture.clock.nowMs(), { resetAtMs: startMs + 60 * dayMs })]);
    fixture.clock.advance(60 * dayMs);
    fixture.pool.removeToken("a");
    expect(log).toEqual([
      "a: none -> checking",
      "a: checking -> active",
      "a: active -> cooling",
      "a: cooling -> active",
      "a: active -> exhausted",
      "a: exhausted -> active",
      "a: active -> none",
    ]);
  });

  it("are no longer than they were when the clock is set back a day", async () => {
    let shiftMs = 0;
    const clock = createManualClock(startMs);
    const fixture = new PoolFixture(["a"], {
      clock: { ...clock, nowMs: () => clock.nowMs() + shiftMs },
    });
    shiftMs = dayMs;
    fixture.pool.reportFailure(await fixture.lease(), failureOf("account_rate_limited", 30_000));
    expect(fixture.pool.state("a")).toMatchObject({ status: "cooling", untilMs: startMs + dayMs + 30_000 });
    shiftMs = 0;
    expect(fixture.pool.state("a")).toMatchObject({ status: "cooling", untilMs: startMs + 30_000 });
    clock.advance(30_000);
    expect(fixture.pool.state("a")).toEqual({ status: "active" });
  });

  it("are waited for in steps that a timer of Node can take", () => {
    const clock = createManualClock(startMs);
    const delaysMs: number[] = [];
    const recording: Clock = {
      nowMs: () => clock.nowMs(),
      monotonicMs: () => clock.monotonicMs(),
      schedule: (delayMs, callback) => {
        delaysMs.push(delayMs);
        return clock.schedule(delayMs, callback);
      },
    };
    const fixture = new PoolFixture(["a"], { clock: recording });
    fixture.pool.setQuotas("a", [premiumQuotaOf(0, startMs, { resetAtMs: startMs + 60 * dayMs })]);
    const log = listen(fixture);
    clock.advance(60 * dayMs);
    expect(Math.max(...delaysMs)).toBeLessThan(2 ** 31);
    expect(log).toEqual(["a: exhausted -> active"]);
  });

  it("are not told after unsubscribing, and a removed token's timers are silent", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    const log: string[] = [];
    const stop = fixture.pool.onStateChange(({ tokenId }) => log.push(tokenId));
    fixture.pool.reportFailure(await fixture.lease(), failureOf("account_rate_limited", 60_000));
    fixture.pool.removeToken("a");
    fixture.clock.advance(60_000);
    stop();
    fixture.pool.setEnabled("b", false);
    expect(log).toEqual(["a", "a"]);
  });
});

describe("what the pool can serve", () => {
  it("is nothing without a usable token with a model", () => {
    const { pool } = new PoolFixture([]);
    expect(pool.canServe()).toBe(false);
    pool.addToken("a", { enabled: true });
    expect(pool.canServe()).toBe(false);
    pool.markActive("a");
    expect(pool.canServe()).toBe(false);
    pool.setCatalogue("a", [premiumModel]);
    expect(pool.canServe()).toBe(true);
    pool.setEnabled("a", false);
    expect(pool.canServe()).toBe(false);
  });

  it("is free models when the premium quota is gone", () => {
    const exhausted = [premiumQuotaOf(0, startMs, { resetAtMs: startMs + dayMs })];
    const paidOnly = new PoolFixture(["a"], { models: [premiumModel] });
    paidOnly.pool.setQuotas("a", exhausted);
    expect(paidOnly.pool.canServe()).toBe(false);
    expect(paidOnly.pool.earliestReturnMs()).toBe(startMs + dayMs);
    const withFree = new PoolFixture(["a"], { models: [premiumModel, freeModel] });
    withFree.pool.setQuotas("a", exhausted);
    expect(withFree.pool.canServe()).toBe(true);
  });

  it("comes back at the earliest return", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    expect(fixture.pool.earliestReturnMs()).toBeNull();
    fixture.pool.reportFailure(await fixture.lease(), failureOf("account_rate_limited", 60_000));
    fixture.pool.reportFailure(await fixture.lease(), failureOf("account_rate_limited", 20_000));
    expect(fixture.pool.canServe()).toBe(false);
    expect(fixture.pool.earliestReturnMs()).toBe(startMs + 20_000);
  });
});

describe("the models of the pool", () => {
  it("are told once for each way in which they are billed", () => {
    const fixture = new PoolFixture(["a", "b"]);
    const dear = modelOf("premium", { multiplier: 10 });
    fixture.add("c", [dear]);
    expect(fixture.pool.billedModels("premium")).toEqual([premiumModel, dear]);
    expect(fixture.pool.billedModels("premium", ["c"])).toEqual([dear]);
    expect(fixture.pool.billedModels("premium", ["a", "b"])).toEqual([premiumModel]);
    expect(fixture.pool.billedModels("unknown")).toEqual([]);
  });

  const ids = (fixture: PoolFixture, only: readonly string[] | null = null) =>
    fixture.pool.models(only).map(({ id }) => id);

  it("are each one once, with the tokens that have it", () => {
    const fixture = new PoolFixture(["a"]);
    fixture.add("b", [premiumModel, modelOf("rare"), modelOf("off", {}, { enabled: false })]);
    expect(ids(fixture)).toEqual(["premium", "free", "rare"]);
    expect(fixture.pool.tokensWith("premium")).toEqual(["a", "b"]);
    expect(fixture.pool.tokensWith("off")).toEqual([]);
    expect(fixture.pool.findModel("rare")?.id).toBe("rare");
    expect(fixture.pool.findModel("off")).toBeNull();
  });

  it("can be narrowed to some tokens", () => {
    const fixture = new PoolFixture(["a"]);
    fixture.add("b", [modelOf("rare")]);
    expect(ids(fixture, ["b", "unknown"])).toEqual(["rare"]);
    expect(fixture.pool.findModel("rare", ["a"])).toBeNull();
    expect(fixture.pool.findModel("rare", ["b"])?.id).toBe("rare");
  });

  it("stay while tokens rest, and go with tokens that are disabled, refused, unchecked or removed", async () => {
    const fixture = new PoolFixture(["a"]);
    fixture.pool.reportFailure(await fixture.lease(), failureOf("account_rate_limited", 60_000));
    expect(ids(fixture)).toEqual(["premium", "free"]);
    fixture.pool.setEnabled("a", false);
    expect(ids(fixture)).toEqual([]);
    fixture.pool.setEnabled("a", true);
    fixture.clock.advance(60_000);
    expect(ids(fixture)).toEqual(["premium", "free"]);
    fixture.pool.reportFailure(await fixture.lease(), failureOf("unauthorized"));
    expect(ids(fixture)).toEqual([]);
    fixture.pool.markActive("a");
    expect(ids(fixture)).toEqual(["premium", "free"]);
    fixture.pool.removeToken("a");
    expect(ids(fixture)).toEqual([]);
  });

  it("are described by the account that can do most, the first of equals", () => {
    const described = (contextWindowTokens: number, name: string, wires: readonly ["openai-chat"] | readonly [] = []) =>
      modelOf("m", {}, { contextWindowTokens, name, wires });
    const fixture = new PoolFixture([]);
    fixture.add("a", [described(100, "small", ["openai-chat"])]);
    fixture.add("b", [described(200, "no wires")]);
    fixture.add("c", [described(200, "best", ["openai-chat"])]);
    fixture.add("d", [described(200, "equal", ["openai-chat"])]);
    expect(fixture.pool.models().map(({ name }) => name)).toEqual(["best"]);
    expect(fixture.pool.findModel("m", ["d", "a", "b"])?.name).toBe("equal");
  });

  it("are the same list until something changes", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    const models = fixture.pool.models();
    await fixture.serve();
    fixture.pool.setQuotas("a", [premiumQuotaOf(5, startMs)]);
    expect(fixture.pool.models()).toBe(models);
    fixture.pool.setCatalogue("a", [freeModel]);
    expect(fixture.pool.models()).not.toBe(models);
  });

  it("differ in a lease as the leased token's account sees them", async () => {
    const fixture = new PoolFixture([]);
    fixture.add("a", [modelOf("premium", {}, { name: "as a sees it" })]);
    fixture.add("b", [modelOf("premium", {}, { name: "as b sees it" })]);
    const leases = [await fixture.lease(), await fixture.lease()];
    expect(leases.map(({ model }) => model.name)).toEqual(["as a sees it", "as b sees it"]);
    expect(await fixture.pool.lease(requestOf({ modelId: "other" }))).toMatchObject({ ok: false });
  });
});
