import type { AccountCredential, Upstream, UpstreamAccount } from "@copilot-llm/copilot";
import { Secret } from "@copilot-llm/model";
import { sampleModel } from "@copilot-llm/model/testing";
import { createPool } from "@copilot-llm/pool";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { openBench } from "../testing/open-bench.js";
import { githubTokenOf, openUpstream } from "../testing/open-upstream.js";
import { Accounts } from "./accounts.js";

const minuteMs = 60_000;

async function setUp(logins: readonly string[] = ["alice"], options: Parameters<typeof openUpstream>[1] = {}) {
  const bench = await openBench();
  const { upstream, simulator } = await openUpstream(logins, options);
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
      billingEntity: null,
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

describe("a token with another credential", () => {
  /** Accounts that close when the test says so, and do what GitHub does when it is told. */
  async function setUpHeld() {
    const bench = await openBench();
    const opened: { readonly token: string; closed: boolean; finishClose(): void }[] = [];
    const signIns: ((login: string) => void)[] = [];
    const openAccount = (credential: AccountCredential): UpstreamAccount => {
      let finishClose = (): void => {};
      const closing = new Promise<void>((resolve) => {
        finishClose = resolve;
      });
      const token = credential.kind === "user" ? credential.token.reveal() : credential.kind;
      const account = { token, closed: false, finishClose };
      opened.push(account);
      return {
        signIn: () =>
          new Promise((resolve) => {
            signIns.push((login) => resolve({ ok: true, value: { login, plan: null, warning: null } }));
          }),
        catalogue: async () => ({ ok: true, value: [sampleModel({ id: token })] }),
        quota: async () => ({ ok: true, value: [] }),
        organizations: async () => ({ ok: true, value: [] }),
        send: () => Promise.reject(new Error("not here")),
        close: () => {
          account.closed = true;
          return closing;
        },
      };
    };
    const pool = createPool(bench);
    const { tokens } = bench.stores;
    const upstream = { openAccount } as unknown as Upstream;
    const accounts = new Accounts({ ...bench, tokens, pool, upstream });
    const token = {
      id: "tok_1",
      alias: "main",
      kind: "user",
      secret: new Secret("first"),
      enabled: false,
      createdAtMs: 0,
      login: null,
      plan: null,
      billingEntity: null,
    } as const;
    await tokens.create(token, null);
    accounts.add(token);
    const changeSecret = async (secret: string) => {
      await tokens.update("tok_1", () => ({ secret: new Secret(secret) }), null);
      await accounts.reconcile("tok_1");
    };
    return { ...bench, tokens, pool, accounts, opened, signIns, changeSecret };
  }

  it("is in the pool at once, while the earlier account still closes; of two changes the later stays", async () => {
    const { accounts, pool, opened, changeSecret } = await setUpHeld();
    await changeSecret("second");
    expect(pool.tokens().map(({ id }) => id)).toEqual(["tok_1"]);
    await Promise.all([changeSecret("third"), changeSecret("fourth")]);
    expect(opened.filter(({ closed }) => !closed)).toMatchObject([{ token: "fourth" }]);
    expect(pool.tokens()).toHaveLength(1);
    expect(accounts.has("tok_1")).toBe(true);
  });

  it("does not come back when it is deleted meanwhile", async () => {
    const { accounts, tokens, pool, opened, changeSecret } = await setUpHeld();
    const changing = changeSecret("second");
    await expect.poll(() => opened[0]?.closed).toBe(true);
    await tokens.remove("tok_1", null);
    const removing = accounts.remove("tok_1");
    for (const { finishClose } of opened) finishClose();
    await Promise.all([changing, removing]);
    for (const { finishClose } of opened) finishClose();
    expect([pool.tokens(), accounts.has("tok_1")]).toEqual([[], false]);
    expect(opened.every(({ closed }) => closed)).toBe(true);
  });

  it("does not come back when the store's answer was overtaken by the deletion", async () => {
    const { accounts, tokens, pool, opened } = await setUpHeld();
    await tokens.update("tok_1", () => ({ secret: new Secret("second") }), null);
    const stored = await tokens.find("tok_1");
    let answer = (): void => {};
    vi.spyOn(tokens, "find").mockImplementationOnce(
      () =>
        new Promise((resolve) => {
          answer = () => resolve(stored);
        }),
    );
    const reconciling = accounts.reconcile("tok_1");
    await tokens.remove("tok_1", null);
    const removing = accounts.remove("tok_1");
    answer();
    for (const { finishClose } of opened) finishClose();
    await Promise.all([reconciling, removing]);
    expect([pool.tokens(), accounts.has("tok_1")]).toEqual([[], false]);
  });

  it("is told nothing of what a check of the earlier one found out", async () => {
    const { accounts, tokens, pool, signIns, changeSecret } = await setUpHeld();
    const checking = accounts.check("tok_1");
    await expect.poll(() => signIns.length).toBe(1);
    // The last that the check waits for is what it stores.
    let goOn = (): void => {};
    const find = tokens.find.bind(tokens);
    const looked = new Promise<void>((resolve) => {
      vi.spyOn(tokens, "find").mockImplementationOnce(async (id) => {
        resolve();
        await new Promise<void>((go) => {
          goOn = go;
        });
        return find(id);
      });
    });
    signIns[0]?.("old");
    await looked;
    await changeSecret("second");
    goOn();
    await checking;
    expect(pool.tokens()).toMatchObject([{ id: "tok_1", modelIds: [] }]);
    expect(pool.models()).toEqual([]);
    expect(await find("tok_1")).toMatchObject({ login: null });
  });
});

describe("who pays for a token", () => {
  const credits = { billing: "credits" } as const;
  const seat = (login: string, changes = {}) => ({
    login,
    token: githubTokenOf(login),
    organizations: ["Acme", "other"],
    ...credits,
    ...changes,
  });

  it("is the organisation of a seat on usage-based billing, and else the account itself", async () => {
    const simulated = [
      seat("ann"),
      seat("Ben", { plan: "enterprise" }),
      seat("dan", { plan: "individual_pro" }),
      { ...seat("eve"), billing: "premium" as const },
    ];
    const { accounts, store, pool } = await setUp([], { accounts: simulated });
    for (const { login } of simulated) {
      accounts.add(await store(login));
      await accounts.check(`tok_${login}`);
    }
    expect(simulated.map(({ login }) => accounts.payer(`tok_${login}`))).toEqual([
      { name: "Acme", source: "organization" },
      { name: "Acme", source: "organization" },
      { name: "dan", source: "account" },
      { name: "eve", source: "account" },
    ]);
    expect(pool.entities()).toMatchObject([
      { id: "acme", tokenIds: ["tok_ann", "tok_Ben"], unit: "credits", entitlement: 5_800, remaining: 5_800 },
      { id: "dan", tokenIds: ["tok_dan"], unit: "credits", entitlement: 3_900 },
      { id: "eve", tokenIds: ["tok_eve"], unit: "premium_requests", entitlement: 300 },
    ]);
  });

  it("has its quota added up where the seats show their own shares", async () => {
    const { accounts, store, pool, simulator } = await setUp([], { accounts: [seat("ann"), seat("ben")] });
    simulator.changeBillingEntity("Acme", { shows: "seat" });
    simulator.changeAccount("ann", { used: 950 });
    for (const login of ["ann", "ben"]) {
      accounts.add(await store(login));
      await accounts.check(`tok_${login}`);
    }
    expect(pool.entities()).toMatchObject([{ id: "acme", entitlement: 3_800, remaining: 2_850 }]);
  });

  it("is asked once a day", async () => {
    const { accounts, store, clock, simulator } = await setUp([], { accounts: [seat("ann")] });
    accounts.add(await store("ann"));
    const asked = async () => {
      simulator.requests.clear();
      await accounts.check("tok_ann");
      return simulator.requests.to("/copilot_internal/user").length;
    };
    await asked();
    const askedOtherwise = await asked();
    clock.advance(23 * 60 * minuteMs);
    expect(await asked()).toBe(askedOtherwise);
    clock.advance(2 * 60 * minuteMs);
    expect(await asked()).toBe(askedOtherwise + 1);
  });

  it("is whom an admin says, at once, until the admin leaves it to the account again", async () => {
    const { accounts, store, stores, pool } = await setUp([], { accounts: [seat("ann"), seat("ben")] });
    for (const login of ["ann", "ben"]) {
      accounts.add(await store(login));
      await accounts.check(`tok_${login}`);
    }
    const correct = async (billingEntity: string | null) =>
      accounts.change(await stores.tokens.update("tok_ben", () => ({ billingEntity }), null));
    await correct("The Enterprise");
    expect(accounts.payer("tok_ben")).toEqual({ name: "The Enterprise", source: "admin" });
    expect(pool.entities().map(({ id, tokenIds }) => [id, tokenIds])).toEqual([
      ["acme", ["tok_ann"]],
      ["the enterprise", ["tok_ben"]],
    ]);
    await correct(null);
    expect(pool.entities()).toMatchObject([{ id: "acme", tokenIds: ["tok_ann", "tok_ben"] }]);
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
