import type { KeyLimits, QuotaSnapshot } from "@copilot-llm/model";
import type { KeyView, TokenView } from "@copilot-llm/provider";
import { describe, expect, it } from "vitest";
import { describeQuota } from "./describe-quota.js";
import { type AccountQuota, encodeAccount, encodeKey, encodePool } from "./encode-quota.js";

const resetAtMs = Date.UTC(2026, 11, 1);

function snapshot(facts: Partial<QuotaSnapshot> = {}): QuotaSnapshot {
  return {
    bucket: "premium_interactions",
    entitlement: 300,
    remaining: 100,
    unlimited: false,
    overagePermitted: false,
    overageCount: 0,
    hasQuota: true,
    resetAtMs,
    seenAtMs: 0,
    ...facts,
  };
}

function account(state: TokenView["state"], ...quotas: QuotaSnapshot[]): AccountQuota {
  const token = { id: "t", alias: "main", login: "alice", plan: "business" } as TokenView["token"];
  return { view: { token, state, facts: { problem: null, warning: null } } as TokenView, quotas };
}

describe("quota", () => {
  it("of a pool adds up, and resets at the earliest", () => {
    const pool = encodePool([
      account(
        { status: "active" },
        snapshot(),
        snapshot({ bucket: "chat", unlimited: true, entitlement: null, remaining: null }),
      ),
      account({ status: "disabled" }, snapshot({ remaining: -5, resetAtMs: resetAtMs + 1 })),
    ]);
    expect(pool).toMatchObject({ accounts: 2, active: 1 });
    expect(pool.buckets).toEqual([
      {
        bucket: "premium_interactions",
        unlimited: false,
        entitlement: 600,
        remaining: 100,
        overage_permitted: false,
        resets_at: "2026-12-01T00:00:00.000Z",
      },
      expect.objectContaining({ bucket: "chat", unlimited: true, remaining: null }),
    ]);
  });

  it("of accounts that share one counts once", () => {
    const seat = (id: string) => {
      const { view, quotas } = account(
        { status: "active" },
        snapshot({ entitlement: 3_800 }),
        snapshot({ bucket: "chat" }),
      );
      return { view: { ...view, token: { ...view.token, id } }, quotas };
    };
    const shared = { ...snapshot({ entitlement: 3_800, remaining: 2_000 }), tokenIds: ["a", "b"] };
    const foreign = { ...snapshot(), tokenIds: ["of others"] };
    expect(encodePool([seat("a"), seat("b"), seat("c")], [shared, foreign]).buckets).toMatchObject([
      { bucket: "premium_interactions", entitlement: 7_600, remaining: 2_100 },
      { bucket: "chat", entitlement: 900 },
    ]);
  });

  it("of an account tells why it rests", () => {
    const state = { status: "cooling", untilMs: 1, reason: "rate limited" } as const;
    expect(encodeAccount(account(state))).toMatchObject({ login: "alice", status: "cooling", problem: "rate limited" });
  });

  it("of a key lists the limits that are set, with what is used in their period", () => {
    const limits: KeyLimits = {
      maxRequests: 10,
      maxPremiumRequests: null,
      maxCredits: 2.5,
      limitPeriod: "day",
      requestsPerMinute: 60,
      tokensPerMinute: null,
      maxConcurrency: null,
    };
    const usage = { day: { requests: 3, premiumUnits: 0, nanoAiu: 1.25e9, tokens: 0 } };
    const view = { key: { alias: "team", limits }, usage } as KeyView;
    expect(encodeKey(view)).toEqual({
      alias: "team",
      limit_period: "day",
      limits: [
        { limit: "max_requests", max: 10, used: 3 },
        { limit: "max_credits", max: 2.5, used: 1.25 },
        { limit: "rpm", max: 60, used: null },
      ],
    });
  });

  it("reads as a few lines", () => {
    const accounts = [
      account({ status: "auth_failed", reason: "Bad credentials" }, snapshot({ remaining: null, resetAtMs: null })),
    ];
    const key = { alias: "team", limit_period: "day", limits: [{ limit: "max_requests", max: 10, used: 3 }] };
    expect(describeQuota({ pool: encodePool(accounts), accounts: accounts.map(encodeAccount), key })).toBe(
      [
        "0 of 1 Copilot account can serve now.",
        "premium_interactions: unknown",
        "main (alice): auth_failed, Bad credentials",
        "Key team, max_requests: 3 of 10 used, per day",
      ].join("\n"),
    );
  });
});
