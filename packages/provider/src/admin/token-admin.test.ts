import { Secret } from "@copilot-llm/model";
import { createPool } from "@copilot-llm/pool";
import { describe, expect, it, onTestFinished } from "vitest";
import { Accounts } from "../accounts/accounts.js";
import { openBench } from "../testing/open-bench.js";
import { githubTokenOf, openUpstream } from "../testing/open-upstream.js";
import type { NewToken } from "./token-admin.js";
import { TokenAdmin } from "./token-admin.js";

async function setUp(logins: readonly string[] = ["alice", "bob"]) {
  const bench = await openBench();
  const { upstream, simulator } = await openUpstream(logins);
  const pool = createPool(bench);
  const accounts = new Accounts({ ...bench, tokens: bench.stores.tokens, pool, upstream });
  onTestFinished(() => accounts.close());
  return { ...bench, upstream, simulator, pool, accounts, tokens: new TokenAdmin({ ...bench, pool, accounts }) };
}

function pasted(login: string, alias = login): NewToken {
  return { alias, enabled: true, credential: { kind: "user", token: new Secret(githubTokenOf(login)) } };
}

describe("adding a token", () => {
  it("checks it with GitHub, and puts it to work", async () => {
    const { tokens, pool, trail } = await setUp();
    const view = await tokens.create("ada", pasted("alice"));
    expect(view).toMatchObject({
      token: { alias: "alice", login: "alice", plan: "business" },
      state: { status: "active" },
      facts: { problem: null },
      preview: `${githubTokenOf("alice").slice(0, 10)}…cdef`,
      premiumQuota: { bucket: "premium_interactions" },
    });
    expect(pool.canServe()).toBe(true);
    const [event] = await trail();
    expect(event).toMatchObject({ actor: "ada", action: "github_token.create", detail: { alias: "alice" } });
    expect(JSON.stringify(event)).not.toContain(githubTokenOf("alice"));
  });

  it("keeps one that GitHub refuses, with GitHub's reason", async () => {
    const { tokens } = await setUp();
    const view = await tokens.create("ada", pasted("stranger"));
    expect(view.state).toMatchObject({ status: "auth_failed", reason: expect.stringMatching(/Bad credentials/) });
    expect(await tokens.list()).toHaveLength(1);
  });

  it("takes no alias and no token twice", async () => {
    const { tokens } = await setUp();
    await tokens.create("ada", pasted("alice"));
    await expect(tokens.create("ada", pasted("bob", "ALICE"))).rejects.toMatchObject({ code: "conflict" });
    await expect(tokens.create("ada", pasted("alice", "again"))).rejects.toMatchObject({ code: "conflict" });
    await expect(tokens.assertAliasFree("Alice")).rejects.toMatchObject({ code: "conflict", param: "alias" });
    await tokens.assertAliasFree("bob");
    expect((await tokens.list()).map(({ token }) => token.alias)).toEqual(["alice"]);
  });

  it("leaves a disabled one out of work", async () => {
    const { tokens, pool } = await setUp();
    const view = await tokens.create("ada", { ...pasted("alice"), enabled: false });
    expect(view).toMatchObject({ state: { status: "disabled" }, token: { login: "alice" } });
    expect(pool.canServe()).toBe(false);
    expect((await tokens.toggle("ada", view.token.id)).token.enabled).toBe(true);
    expect(pool.canServe()).toBe(true);
  });
});

describe("the tokens of the start-up settings", () => {
  it("go in once, and a known alias gets its new token", async () => {
    const { tokens, accounts, trail } = await setUp();
    await tokens.ensure("main", new Secret(githubTokenOf("alice")));
    await tokens.ensure("other name", new Secret(githubTokenOf("alice")));
    const [first, ...others] = await tokens.list();
    expect(others).toEqual([]);
    await tokens.ensure("Main", new Secret(githubTokenOf("bob")));
    const id = first?.token.id ?? "";
    await accounts.check(id);
    expect(await tokens.list()).toMatchObject([{ token: { id, alias: "main", login: "bob" } }]);
    expect((await trail()).map(({ actor, action }) => [actor, action])).toEqual([
      ["system", "github_token.create"],
      ["system", "github_token.update"],
    ]);
  });

  it("are refused when they are no tokens", async () => {
    const { tokens } = await setUp();
    await expect(tokens.ensure("main", new Secret("garbage"))).rejects.toMatchObject({ code: "invalid_request" });
  });
});

describe("changing a token", () => {
  it("renames it without asking GitHub", async () => {
    const { tokens, accounts, simulator } = await setUp();
    const { token } = await tokens.create("ada", pasted("alice"));
    simulator.requests.clear();
    const view = await tokens.update("ada", token.id, { alias: "Alice A." });
    expect(view).toMatchObject({ token: { alias: "Alice A.", login: "alice" }, state: { status: "active" } });
    expect(accounts.alias(token.id)).toBe("Alice A.");
    expect(simulator.requests.all()).toEqual([]);
  });

  it("replaces its secret, and forgets whose it was", async () => {
    const { tokens } = await setUp();
    const { token } = await tokens.create("ada", pasted("alice", "main"));
    const view = await tokens.update("ada", token.id, { token: new Secret(githubTokenOf("bob")) });
    expect(view).toMatchObject({ token: { id: token.id, alias: "main", login: "bob" }, state: { status: "active" } });
    const refused = await tokens.update("ada", token.id, { token: new Secret(githubTokenOf("stranger")) });
    expect(refused).toMatchObject({ token: { login: null, plan: null }, state: { status: "auth_failed" } });
  });

  it("toggles it once per call, also of parallel ones", async () => {
    const { tokens, pool } = await setUp();
    const { token } = await tokens.create("ada", { ...pasted("alice"), enabled: false });
    await Promise.all([1, 2, 3, 4].map(() => tokens.toggle("ada", token.id)));
    expect((await tokens.find(token.id)).token.enabled).toBe(false);
    expect(pool.state(token.id).status).toBe("disabled");
  });

  it("takes it out of the pool for good when it is deleted", async () => {
    const { tokens, pool, accounts, trail } = await setUp();
    const { token } = await tokens.create("ada", pasted("alice"));
    await tokens.remove("ada", token.id);
    expect(pool.tokens()).toEqual([]);
    expect(accounts.has(token.id)).toBe(false);
    const gone = { code: "not_found" };
    await expect(tokens.find(token.id)).rejects.toMatchObject(gone);
    await expect(tokens.remove("ada", token.id)).rejects.toMatchObject(gone);
    await expect(tokens.update("ada", token.id, { alias: "x" })).rejects.toMatchObject(gone);
    await expect(tokens.toggle("ada", token.id)).rejects.toMatchObject(gone);
    await expect(tokens.quota(token.id)).rejects.toMatchObject(gone);
    expect((await trail()).at(-1)).toMatchObject({ action: "github_token.delete", detail: { alias: "alice" } });
  });
});

describe("looking at a token", () => {
  it("checks it on demand", async () => {
    const { tokens, simulator } = await setUp();
    const { token, state } = await tokens.create("ada", pasted("carol"));
    expect(state.status).toBe("auth_failed");
    simulator.addAccount({ login: "carol", token: githubTokenOf("carol") });
    expect(await tokens.check(token.id)).toMatchObject({
      token: { login: "carol" },
      state: { status: "active" },
      facts: { problem: null },
    });
  });

  it("tells the quota as GitHub says now, and as last seen", async () => {
    const { tokens } = await setUp();
    const { token } = await tokens.create("ada", pasted("alice"));
    const now = await tokens.quota(token.id);
    expect(now.quotas.map(({ bucket }) => bucket)).toContain("premium_interactions");
    expect(await tokens.quotas()).toMatchObject([{ token: { id: token.id }, quotas: now.quotas }]);
  });

  it("does not wait for a GitHub that hangs", async () => {
    const { tokens, simulator, clock, upstream, accounts } = await setUp();
    simulator.faults.add({ name: "hang", endpoint: "github" });
    const adding = tokens.create("ada", pasted("alice"));
    await expect.poll(() => simulator.requests.all().length).toBeGreaterThan(0);
    clock.advance(20_000);
    expect((await adding).state.status).toBe("checking");
    await upstream.close();
    await accounts.close();
  });
});
