import {
  type ApiKey,
  type GithubToken,
  nanoAiuPerCredit,
  noLimits,
  type QuotaSnapshot,
  type TokenState,
} from "@copilot-llm/model";
import { describe, expect, test } from "vitest";
import type { Alert } from "../changes/alert.js";
import { type AlertSources, findAlerts } from "./find-alerts.js";

const nowMs = Date.UTC(2026, 4, 10);
const token: GithubToken = {
  id: "tok_1",
  alias: "alice",
  kind: "user",
  secret: null,
  enabled: true,
  createdAtMs: 0,
  login: "alice",
  plan: "pro",
  billingEntity: null,
};

const none = { requests: 0, errors: 0 };

function sourcesWith(changes: {
  readonly state?: TokenState;
  readonly quotas?: readonly Partial<QuotaSnapshot>[];
  readonly storeFailure?: string;
}): AlertSources {
  const state = changes.state ?? { status: "active" };
  const store = changes.storeFailure === undefined ? { ok: true } : { ok: false, reason: changes.storeFailure };
  return {
    status: {
      readiness: { ready: true },
      tokens: { checking: 0, active: 1, cooling: 0, exhausted: 0, auth_failed: 0, disabled: 0 },
      running: 0,
      waiting: 0,
      store: store as AlertSources["status"]["store"],
      runtimesLost: 0,
    },
    tokens: [
      {
        token,
        preview: "gho_…",
        state,
        facts: { problem: null, problemKind: null, warning: null },
        payer: { name: "alice", source: "account" },
        totals: null,
        premiumQuota: null,
      },
    ],
    insights: new Map([
      ["tok_1", { status: state.status, unit: "credits", reasonCode: null, running: 0, quotas: [], restingModels: [] }],
    ]),
    quotas: [
      {
        token,
        quotas: (changes.quotas ?? []).map((quota) => ({
          bucket: "premium_interactions",
          entitlement: 100,
          remaining: 10,
          unlimited: false,
          overagePermitted: false,
          overageCount: 0,
          hasQuota: true,
          resetAtMs: null,
          seenAtMs: nowMs,
          ...quota,
        })),
      },
    ],
    keys: [],
    traffic: { hour: none, week: none, busyHourStartsMs: [] },
    nowMs,
  };
}

/** Without those of the pool as a whole. */
const aboutTokens = (alerts: readonly Alert[]) => alerts.filter((alert) => "token" in alert);

test.each([
  ["premium_interactions", 10, "credits"],
  ["session", 3, null],
  ["weekly", -1, null],
] as const)("a nearly used up %s is low; only the premium bucket has a unit", (bucket, remaining, unit) => {
  expect(aboutTokens(findAlerts(sourcesWith({ quotas: [{ bucket, remaining }] })))).toEqual([
    {
      severity: "warning",
      code: "quota_low",
      token: { id: "tok_1", alias: "alice" },
      bucket,
      used: 100 - remaining,
      entitlement: 100,
      unit,
      resetsAtMs: null,
    },
  ]);
});

test.each([
  { remaining: 11 },
  { remaining: null, entitlement: null, unlimited: true },
  { entitlement: 0, remaining: 0 },
  { bucket: "completions", remaining: 0 },
])("there is nothing low about %o", (quota) => {
  expect(findAlerts(sourcesWith({ quotas: [quota] }))).toEqual([]);
});

test("the quota of a token that does not serve is no news", () => {
  const quotas = [{ remaining: 0 }];
  expect(findAlerts(sourcesWith({ quotas, state: { status: "disabled" } }))).toEqual([]);
  const exhausted = { status: "exhausted", untilMs: nowMs + 1, reason: "used up" } as const;
  expect(aboutTokens(findAlerts(sourcesWith({ quotas, state: exhausted })))).toMatchObject([
    { code: "token_exhausted" },
  ]);
});

test("a store that fails is the first thing to know", () => {
  const sources = sourcesWith({ storeFailure: "The disk is full.", quotas: [{ remaining: 0 }] });
  expect(findAlerts(sources).map(({ severity, code }) => [severity, code])).toEqual([
    ["critical", "store_failing"],
    ["warning", "pool_quota_low"],
    ["warning", "quota_low"],
  ]);
});

describe("the pool's quota", () => {
  /** A pool of tokens with so much left of 100 each; null: unlimited. */
  function poolOf(...left: readonly (readonly [id: string, remaining: number | null, state?: TokenState])[]) {
    const base = sourcesWith({ quotas: [{}] });
    const [view, quota, insight] = [base.tokens[0], base.quotas[0]?.quotas[0], base.insights.get("tok_1")];
    if (view === undefined || quota === undefined || insight === undefined) throw new Error("no sample");
    const sources: AlertSources = {
      ...base,
      tokens: left.map(([id, , state = { status: "active" }]) => ({ ...view, token: { ...token, id }, state })),
      insights: new Map(
        left.map(([id]) => [id, { ...insight, unit: id.startsWith("old") ? "premium_requests" : "credits" }]),
      ),
      quotas: left.map(([id, remaining]) => ({
        token: { ...token, id },
        quotas: [
          remaining === null
            ? { ...quota, entitlement: null, remaining: null, unlimited: true }
            : { ...quota, remaining, resetAtMs: nowMs + remaining },
        ],
      })),
    };
    return findAlerts(sources).filter(({ code }) => code === "pool_quota_low");
  }

  test("is low when a tenth of all tokens' is left, in each unit by itself", () => {
    expect(poolOf(["a", 20], ["b", 0], ["old", 100])).toEqual([
      {
        severity: "warning",
        code: "pool_quota_low",
        unit: "credits",
        remaining: 20,
        entitlement: 200,
        resetsAtMs: nowMs,
      },
    ]);
    expect(poolOf(["a", 21], ["b", 0], ["old", 10])).toMatchObject([{ unit: "premium_requests", remaining: 10 }]);
  });

  test("is not low with an unlimited token, nor made so by tokens that cannot come back by themselves", () => {
    expect(poolOf(["a", 0], ["b", null])).toEqual([]);
    const refused = { status: "auth_failed", reason: "Bad credentials" } as const;
    expect(poolOf(["a", 5], ["b", 100, refused])).toMatchObject([{ remaining: 5, entitlement: 100 }]);
  });
});

describe("a key's budget", () => {
  const key: ApiKey = {
    id: "key_1",
    alias: "ci",
    keyHash: "",
    keyPreview: "clp_",
    enabled: true,
    createdAtMs: 0,
    expiresAtMs: null,
    allowedModels: null,
    githubTokenIds: null,
    limits: { ...noLimits, limitPeriod: "month", maxRequests: 100, maxCredits: 2 },
    recording: null,
    createdBy: null,
    note: "",
    teamId: null,
    seat: null,
    replaced: null,
  };
  const withUsage = (requests: number, credits: number, changes: Partial<ApiKey> = {}) => {
    const none = { requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 };
    const month = { ...none, requests, nanoAiu: credits * nanoAiuPerCredit };
    const usage = { lifetime: month, day: none, month, lastUsedAtMs: null };
    return findAlerts({ ...sourcesWith({}), keys: [{ key: { ...key, ...changes }, usage, lastClient: null }] });
  };

  test("is told from nine tenths on, the one that is nearest its end", () => {
    expect(withUsage(89, 1.79)).toEqual([]);
    expect(withUsage(90, 0)).toEqual([
      {
        severity: "info",
        code: "key_near_limit",
        key: { id: "key_1", alias: "ci" },
        limit: "maxRequests",
        used: 90,
        allowed: 100,
        resetsAtMs: Date.UTC(2026, 5, 1),
      },
    ]);
    expect(withUsage(90, 1.9)).toMatchObject([{ limit: "maxCredits", used: 1.9, allowed: 2 }]);
  });

  test("is told once: a key that is used up is limited, and one that is off is no news", () => {
    expect(withUsage(100, 1.9).map(({ code }) => code)).toEqual(["key_limited"]);
    expect(withUsage(95, 0, { enabled: false })).toEqual([]);
  });

  test("is graver at its limit than close to it, and stands above", () => {
    const usageOf = (requests: number) => {
      const none = { requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 };
      return { lifetime: none, day: none, month: { ...none, requests }, lastUsedAtMs: null };
    };
    const keys = [95, 100].map((requests) => ({ key, usage: usageOf(requests), lastClient: null }));
    expect(findAlerts({ ...sourcesWith({}), keys }).map(({ severity, code }) => [severity, code])).toEqual([
      ["warning", "key_limited"],
      ["info", "key_near_limit"],
    ]);
  });
});
