import { Secret } from "@copilot-llm/model";
import { createPool } from "@copilot-llm/pool";
import { describe, expect, it, onTestFinished } from "vitest";
import { openBench } from "../testing/open-bench.js";
import { githubTokenOf, openUpstream } from "../testing/open-upstream.js";
import { Accounts } from "./accounts.js";

const minuteMs = 60_000;

async function setUp(logins: readonly string[] = ["alice"]) {
  const bench = await openBench();
  const { upstream, simulator } = await openUpstream(logins);
  const pool = createPool(bench);
  const accounts = new Accounts({ ...bench, tokens: bench.stores.tokens, pool, upstream });
  onTestFinished(() => accounts.close());
  const store = async (login: string, enabled = true) => {
    const token = {
      id: `tok_${login}`,
      alias: login,
      kind: "user",
      secret: new Secret(githubTokenOf(login)),
      enabled,
      createdAtMs: bench.clock.nowMs(),
      login: null,
      plan: null,
    } as const;
    await bench.stores.tokens.create(token, null);
    return token;
  };
  const statusOf = (login: string) => pool.state(`tok_${login}`).status;
  return { ...bench, simulator, pool, accounts, store, statusOf };
}

describe("the stored tokens", () => {
  it("are checked in the background when the pool opens, the enabled ones", async () => {
    const { accounts, store, statusOf, stores } = await setUp(["alice", "bob"]);
    await store("alice");
    await store("bob", false);
    await store("stranger");
    await accounts.open();
    await expect.poll(() => statusOf("alice"), { timeout: 10_000 }).toBe("active");
    await expect.poll(() => statusOf("stranger")).toBe("auth_failed");
    expect(statusOf("bob")).toBe("disabled");
    expect(await stores.tokens.find("tok_alice")).toMatchObject({ login: "alice", plan: "business" });
    expect(await stores.tokens.find("tok_bob")).toMatchObject({ login: null });
  });

  it("are asked for once by callers at the same time", async () => {
    const { accounts, store, simulator } = await setUp();
    accounts.add(await store("alice"));
    await Promise.all([1, 2, 3].map(() => accounts.check("tok_alice")));
    expect(simulator.requests.to("/models")).toHaveLength(1);
  });

  it("are not said to be of the account whose secret was replaced meanwhile", async () => {
    const { accounts, store, stores } = await setUp();
    accounts.add(await store("alice"));
    const secret = new Secret(githubTokenOf("bob"));
    await stores.tokens.update("tok_alice", () => ({ secret }), null);
    await accounts.check("tok_alice");
    expect(await stores.tokens.find("tok_alice")).toMatchObject({ login: null, plan: null });
  });

  it("are checked again every ten minutes", async () => {
    const { accounts, store, simulator, clock, statusOf } = await setUp();
    accounts.add(await store("alice"));
    await accounts.check("tok_alice");
    simulator.changeAccount("alice", { modelPolicy: { "claude-sonnet-4.6": "disabled" } });
    simulator.requests.clear();
    clock.advance(9 * minuteMs);
    expect(simulator.requests.all()).toEqual([]);
    clock.advance(2 * minuteMs);
    await expect.poll(() => simulator.requests.to("/models").length).toBe(1);
    expect(statusOf("alice")).toBe("active");
  });
});

describe("a GitHub that cannot be reached", () => {
  it("is asked again, later each time, and a token that worked goes on working", async () => {
    const { accounts, store, simulator, clock, statusOf } = await setUp();
    await simulator.refuseConnections();
    accounts.add(await store("alice"));
    await accounts.check("tok_alice");
    expect(statusOf("alice")).toBe("checking");
    expect(accounts.facts("tok_alice").problem).toMatch(/could not be reached/);

    await simulator.acceptConnections();
    clock.advance(4_000);
    expect(simulator.requests.all()).toEqual([]);
    clock.advance(2_000);
    await expect.poll(() => statusOf("alice"), { timeout: 10_000 }).toBe("active");
    await expect.poll(() => accounts.facts("tok_alice").problem).toBeNull();

    await simulator.refuseConnections();
    clock.advance(11 * minuteMs);
    await accounts.check("tok_alice");
    expect(statusOf("alice")).toBe("active");
  });

  it("does not keep the pool from closing, nor is it asked after that", async () => {
    const { accounts, store, simulator, clock } = await setUp();
    await simulator.refuseConnections();
    await store("alice");
    await accounts.open();
    await accounts.close();
    await simulator.acceptConnections();
    clock.advance(60 * minuteMs);
    await accounts.check("tok_alice");
    expect(simulator.requests.all()).toEqual([]);
  });
});

describe("a token that leaves", () => {
  it("while it is being checked is not put back", async () => {
    const { accounts, store, stores, pool, clock, simulator } = await setUp();
    accounts.add(await store("alice"));
    const checking = accounts.check("tok_alice");
    await stores.tokens.remove("tok_alice", null);
    await accounts.remove("tok_alice");
    await checking;
    expect(pool.tokens()).toEqual([]);
    expect(accounts.alias("tok_alice")).toBeNull();
    expect(() => accounts.account("tok_alice")).toThrow(expect.objectContaining({ code: "not_found" }));
    simulator.requests.clear();
    clock.advance(60 * minuteMs);
    expect(simulator.requests.all()).toEqual([]);
  });

  it("and comes back enabled is checked at once", async () => {
    const { accounts, store, statusOf } = await setUp();
    const token = await store("alice", false);
    accounts.add(token);
    accounts.change({ ...token, enabled: true });
    await expect.poll(() => statusOf("alice"), { timeout: 10_000 }).toBe("active");
    accounts.change({ ...token, enabled: false });
    expect(statusOf("alice")).toBe("disabled");
  });
});

it("the quota can be asked for at once; a refusal is GitHub's own", async () => {
  const { accounts, store, pool, simulator } = await setUp();
  accounts.add(await store("alice"));
  await accounts.check("tok_alice");
  const quotas = await accounts.refreshQuotas("tok_alice");
  expect(pool.tokens()[0]?.quotas).toEqual(quotas);
  accounts.add(await store("stranger"));
  await expect(accounts.refreshQuotas("tok_stranger")).rejects.toMatchObject({ code: "upstream_error" });
  expect(simulator.requests.to("/copilot_internal/user").length).toBeGreaterThan(0);
});
