import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ask, type Fixture, pick, startFixture } from "../../testing/fixture.js";
import type { AccountOptions } from "./account.js";

const credits = { billing: "credits" } as const;
const seat = (login: string, organization: string, more: Partial<AccountOptions> = {}): AccountOptions => ({
  login,
  token: tokenOf(login),
  organizations: [organization],
  ...credits,
  ...more,
});
const tokenOf = (login: string) => `gho_${login}00000000`;

let fixture: Fixture;
beforeEach(async () => {
  fixture = await startFixture({
    accounts: [
      seat("ann", "acme"),
      seat("ben", "acme", { plan: "enterprise" }),
      seat("cat", "other"),
      { login: "dan", token: tokenOf("dan"), plan: "individual_pro", ...credits },
    ],
  });
});
afterEach(() => fixture.simulator.close());

const chat = (login: string, model = "claude-sonnet-4.6") =>
  fixture.post("/chat/completions", ask("/chat/completions", "hello", { model }), { token: tokenOf(login) });
const statusOf = async (login: string, model?: string) => (await chat(login, model)).status;
const premiumOf = (login: string) => fixture.simulator.quotaOf(login).premium_interactions;

describe("seats of one organisation on usage-based billing", () => {
  it("draw on one pool of 1,900 credits a business and 3,900 an enterprise seat, which each of them shows", async () => {
    fixture.simulator.changeAccount("ann", { used: 800 });
    for (const login of ["ann", "ben"]) {
      expect(premiumOf(login)).toMatchObject({ entitlement: 5800, remaining: 5000, token_based_billing: true });
    }
    expect(premiumOf("cat")).toMatchObject({ entitlement: 1900, remaining: 1900 });
    expect(premiumOf("dan")).toMatchObject({ entitlement: 3900, remaining: 3900 });
    const headers = (await chat("ben")).headers;
    expect(headers.get("x-quota-snapshot-premium_interactions")).toContain("ent=5800");
  });

  it("name their organisation in the control plane's answer", async () => {
    const body: unknown = await (await fixture.get("/copilot_internal/user", tokenOf("ben"))).json();
    expect(body).toMatchObject({
      organization_list: [{ login: "acme", name: "acme" }],
      token_based_billing: true,
      quota_snapshots: { premium_interactions: { entitlement: 5800 } },
    });
  });

  it("are all told quota_exceeded once the pool is empty, and nobody else is", async () => {
    fixture.simulator.changeAccount("ben", { used: 5800 });
    for (const login of ["ann", "ben"]) {
      const refused = await chat(login);
      expect(refused.status).toBe(402);
      expect(pick(await refused.json(), "error.code")).toBe("quota_exceeded");
      expect(premiumOf(login)).toMatchObject({ remaining: 0, has_quota: false });
    }
    expect(await statusOf("ann", "gpt-4o")).toBe(200);
    expect([await statusOf("cat"), await statusOf("dan")]).toEqual([200, 200]);
  });

  it("spend what the others spent, to the last unit", async () => {
    await chat("ann");
    await chat("ben");
    const { nanoAiu } = fixture.simulator.ledger.totals();
    expect(5800 - (premiumOf("ann")?.remaining ?? 0)).toBeCloseTo(nanoAiu / 1e9, 3);
    expect(premiumOf("ann")?.remaining).toBe(premiumOf("ben")?.remaining);
  });

  it("begin a new period together", async () => {
    fixture.simulator.changeBillingEntity("acme", { usedElsewhere: 5800 });
    expect(await statusOf("ann")).toBe(402);
    fixture.clock.now += 9 * 86_400_000;
    expect(await statusOf("ann")).toBe(200);
    expect(premiumOf("ben")?.remaining).toBeGreaterThan(5799);
  });

  it("may have a pool that seats outside of the simulator fill and use, and that goes into overage as a whole", async () => {
    fixture.simulator.changeBillingEntity("acme", { credits: 190_000, usedElsewhere: 190_001 });
    expect(premiumOf("ben")).toMatchObject({ entitlement: 190_000, remaining: -1, has_quota: false });
    expect(await statusOf("ann")).toBe(402);
    fixture.simulator.changeBillingEntity("acme", { overagePermitted: true });
    expect(await statusOf("ann")).toBe(200);
    expect(premiumOf("ben")).toMatchObject({ overage_permitted: true, has_quota: true });
  });

  it("may show their own share instead of the pool, which still refuses all of them", async () => {
    fixture.simulator.changeBillingEntity("acme", { shows: "seat" });
    fixture.simulator.changeAccount("ben", { used: 5800 });
    expect(premiumOf("ann")).toMatchObject({ entitlement: 1900, remaining: 1900, has_quota: false });
    expect(await statusOf("ann")).toBe(402);
  });
});

describe("a personal budget", () => {
  it("stops its person with quota_exceeded, and no other seat of the pool", async () => {
    fixture.simulator.changeAccount("ann", { personalBudget: 100, used: 100 });
    const refused = await chat("ann");
    expect([refused.status, pick(await refused.json(), "error.code")]).toEqual([402, "quota_exceeded"]);
    expect(premiumOf("ann")).toMatchObject({ remaining: 5700, has_quota: false });
    expect(premiumOf("ben")).toMatchObject({ remaining: 5700, has_quota: true });
    expect(await statusOf("ben")).toBe(200);
    fixture.simulator.changeAccount("ann", { personalBudget: -1 });
    expect(await statusOf("ann")).toBe(200);
  });
});

describe("the control route", () => {
  it("shows and changes pools", async () => {
    const read = async () => (await fixture.control("GET", "entities")).json();
    expect(await read()).toEqual({
      entities: [
        { organization: "acme", seats: ["ann", "ben"], entitlement: 5800, used: 0 },
        { organization: "other", seats: ["cat"], entitlement: 1900, used: 0 },
      ],
    });
    await fixture.control("PATCH", "entities/acme", { credits: 500, usedElsewhere: 20 });
    await fixture.control("PATCH", "accounts/ann", { personalBudget: 0 });
    expect(pick(await read(), "entities.0")).toMatchObject({ entitlement: 500, used: 20 });
    expect(await statusOf("ann")).toBe(402);
    expect((await fixture.control("PATCH", "entities/nobody", {})).status).toBe(400);
    expect((await fixture.control("PATCH", "entities/acme", { shows: "everything" })).status).toBe(400);
  });
});
