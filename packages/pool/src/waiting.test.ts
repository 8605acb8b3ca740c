import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { failureOf, modelOf, premiumModel, requestOf } from "../testing/fixtures.js";
import { PoolFixture, startMs } from "../testing/pool-fixture.js";
import type { LeaseRequest, LeaseResult } from "./lease.js";

/** Starts a lease and notes under its name when it was answered. */
function waitFor(
  fixture: PoolFixture,
  name: string,
  log: string[],
  changes: Partial<LeaseRequest> = {},
): Promise<LeaseResult> {
  return fixture.pool.lease(requestOf(changes)).then((result) => {
    log.push(result.ok ? `${name}:${result.lease.tokenId}` : `${name}:${result.why}`);
    return result;
  });
}

describe("when every token is full", () => {
  it("requests are served as places come free, first come first served", async () => {
    const fixture = new PoolFixture(["a", "b"], { maxConcurrencyPerToken: 1 });
    const [first, second] = [await fixture.lease(), await fixture.lease()];
    const log: string[] = [];
    const waiting = ["one", "two"].map((name) => waitFor(fixture, name, log));
    second.release();
    first.release();
    await Promise.all(waiting);
    expect(log).toEqual([`one:${second.tokenId}`, `two:${first.tokenId}`]);
  });

  it("a place goes to the first that can use it", async () => {
    const fixture = new PoolFixture(["a", "b"], { maxConcurrencyPerToken: 1 });
    const [a, b] = [await fixture.lease(), await fixture.lease()];
    const log: string[] = [];
    const forA = waitFor(fixture, "for a", log, { onlyTokenIds: ["a"] });
    const forAny = waitFor(fixture, "for any", log);
    b.release();
    await forAny;
    a.release();
    await forA;
    expect(log).toEqual(["for any:b", "for a:a"]);
  });

  it("nobody jumps the queue", async () => {
    const fixture = new PoolFixture(["a"], { maxConcurrencyPerToken: 1 });
    const held = await fixture.lease();
    const log: string[] = [];
    const early = waitFor(fixture, "early", log);
    held.release();
    const late = waitFor(fixture, "late", log);
    const result = await early;
    expect(log).toEqual(["early:a"]);
    if (result.ok) result.lease.release();
    await late;
    expect(log).toEqual(["early:a", "late:a"]);
  });

  it("a wait ends after its time with the moment to come back", async () => {
    const fixture = new PoolFixture(["a"], { maxConcurrencyPerToken: 1, maxWaitMs: 5_000 });
    await fixture.lease();
    const waiting = fixture.pool.lease(requestOf());
    fixture.clock.advance(5_000);
    expect(await waiting).toEqual({ ok: false, why: "resting", retryAtMs: startMs + 6_000 });
  });

  it("a full queue refuses at once", async () => {
    const fixture = new PoolFixture(["a"], { maxConcurrencyPerToken: 1, maxWaiting: 2 });
    await fixture.lease();
    const log: string[] = [];
    const waiting = ["one", "two"].map((name) => waitFor(fixture, name, log));
    expect(await fixture.pool.lease(requestOf())).toEqual({ ok: false, why: "resting", retryAtMs: startMs + 1_000 });
    fixture.clock.advance(60_000);
    await Promise.all(waiting);
    expect(log).toEqual(["one:resting", "two:resting"]);
  });

  it("a client that hangs up leaves the queue", async () => {
    const fixture = new PoolFixture(["a"], { maxConcurrencyPerToken: 1 });
    const held = await fixture.lease();
    const abort = new AbortController();
    const gone = fixture.pool.lease(requestOf({ signal: abort.signal }));
    const stays = fixture.pool.lease(requestOf());
    abort.abort();
    await expect(gone).rejects.toMatchObject({ code: "client_closed" });
    held.release();
    expect(await stays).toMatchObject({ ok: true });
    expect(fixture.pool.tokens()[0]?.inFlight).toBe(1);
  });

  it("a request that was served leaves no timer and no listener behind", async () => {
    const fixture = new PoolFixture(["a"], { maxConcurrencyPerToken: 1 });
    const held = await fixture.lease();
    const { signal } = new AbortController();
    const waiting = fixture.pool.lease(requestOf({ signal }));
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    held.release();
    await waiting;
    expect(getEventListeners(signal, "abort")).toEqual([]);
    expect(fixture.clock.step()).toBe(false);
  });

  it("a client that hung up before asking gets nothing", async () => {
    const fixture = new PoolFixture(["a"]);
    const gone = fixture.pool.lease(requestOf({ signal: AbortSignal.abort() }));
    await expect(gone).rejects.toMatchObject({ code: "client_closed" });
    expect(fixture.pool.tokens()[0]?.inFlight).toBe(0);
  });

  it("a token that is added or returns serves those who wait", async () => {
    const fixture = new PoolFixture(["a"], { maxConcurrencyPerToken: 1 });
    await fixture.lease();
    const first = fixture.pool.lease(requestOf());
    fixture.add("b");
    expect(await first).toMatchObject({ lease: { tokenId: "b" } });

    fixture.add("c");
    const lease = await fixture.lease({ onlyTokenIds: ["c"] });
    const second = fixture.pool.lease(requestOf());
    fixture.pool.reportFailure(lease, failureOf("account_rate_limited", 3_000));
    lease.release();
    fixture.clock.advance(3_000);
    expect(await second).toMatchObject({ lease: { tokenId: "c" } });
  });

  it("a model's rest on another token that ends serves those who wait", async () => {
    const fixture = new PoolFixture(["a", "b"], { maxConcurrencyPerToken: 1 });
    const limited = await fixture.lease();
    fixture.pool.reportFailure(limited, failureOf("model_rate_limited", 2_000));
    limited.release();
    await fixture.lease();
    const waiting = fixture.pool.lease(requestOf());
    fixture.clock.advance(2_000);
    expect(await waiting).toMatchObject({ lease: { tokenId: "a" } });
  });

  it("those who wait are refused at once when nobody can serve them any more", async () => {
    const fixture = new PoolFixture(["a"], { maxConcurrencyPerToken: 1 });
    const lease = await fixture.lease();
    const waiting = fixture.pool.lease(requestOf());
    fixture.pool.reportFailure(lease, failureOf("account_rate_limited", 30_000));
    expect(await waiting).toEqual({ ok: false, why: "resting", retryAtMs: startMs + 30_000 });
  });

  it("the limit is each token's own", async () => {
    const fixture = new PoolFixture(["a", "b"], { maxConcurrencyPerToken: 3 });
    await Promise.all(Array.from({ length: 6 }, () => fixture.lease()));
    expect(fixture.pool.tokens().map(({ inFlight }) => inFlight)).toEqual([3, 3]);
  });
});

describe("a refusal says why and when to come back", () => {
  it("unknown_model: no token that may serve has it", async () => {
    const fixture = new PoolFixture(["a"]);
    fixture.add("b", [modelOf("off", {}, { enabled: false })]);
    const refused = { ok: false, why: "unknown_model", retryAtMs: null };
    expect(await fixture.pool.lease(requestOf({ modelId: "nothing" }))).toEqual(refused);
    expect(await fixture.pool.lease(requestOf({ modelId: "off" }))).toEqual(refused);
    expect(await fixture.pool.lease(requestOf({ onlyTokenIds: ["unknown"] }))).toEqual(refused);
  });

  it("resting: the earliest return of a token or of its model", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    fixture.pool.reportFailure(await fixture.lease(), failureOf("account_rate_limited", 60_000));
    fixture.pool.reportFailure(await fixture.lease(), failureOf("model_rate_limited", 20_000));
    const refused = await fixture.pool.lease(requestOf());
    expect(refused).toEqual({ ok: false, why: "resting", retryAtMs: startMs + 20_000 });
  });

  it("resting, with no moment, when all that could serve were tried or are being checked", async () => {
    const fixture = new PoolFixture(["a"]);
    const refused = { ok: false, why: "resting", retryAtMs: null };
    expect(await fixture.pool.lease(requestOf({ triedTokenIds: ["a"] }))).toEqual(refused);
    const starting = new PoolFixture([]);
    starting.pool.addToken("a", { enabled: true });
    expect(await starting.pool.lease(requestOf())).toEqual(refused);
  });

  it("quota_exhausted: gone everywhere, with the earliest reset", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    fixture.pool.reportFailure(await fixture.lease(), failureOf("quota_exhausted", 90_000));
    fixture.pool.reportFailure(await fixture.lease(), failureOf("quota_exhausted", 40_000));
    const refused = await fixture.pool.lease(requestOf());
    expect(refused).toEqual({ ok: false, why: "quota_exhausted", retryAtMs: startMs + 40_000 });
  });

  it("quota_exhausted: not before a rest of the token is over", async () => {
    const fixture = new PoolFixture(["a"]);
    const [first, second] = [await fixture.lease(), await fixture.lease()];
    fixture.pool.reportFailure(first, failureOf("quota_exhausted", 40_000));
    fixture.pool.reportFailure(second, failureOf("account_rate_limited", 60_000));
    const refused = await fixture.pool.lease(requestOf());
    expect(refused).toEqual({ ok: false, why: "quota_exhausted", retryAtMs: startMs + 60_000 });
  });

  it("resting rather than quota_exhausted while one token only rests", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    fixture.pool.reportFailure(await fixture.lease(), failureOf("quota_exhausted", 90_000));
    fixture.pool.reportFailure(await fixture.lease(), failureOf("account_rate_limited", 30_000));
    const refused = await fixture.pool.lease(requestOf());
    expect(refused).toEqual({ ok: false, why: "resting", retryAtMs: startMs + 30_000 });
  });

  it("unusable: all that have it are disabled or refused by GitHub", async () => {
    const fixture = new PoolFixture(["a", "b"]);
    fixture.add("c", [premiumModel]);
    for (const id of ["a", "c"]) fixture.pool.setEnabled(id, false);
    fixture.pool.markAuthFailed("b", "bad credentials");
    expect(await fixture.pool.lease(requestOf())).toEqual({ ok: false, why: "unusable", retryAtMs: null });
  });
});
