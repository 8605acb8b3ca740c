import type { GithubToken, QuotaSnapshot, TokenState } from "@copilot-llm/model";
import { expect, test } from "vitest";
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
    insights: new Map([["tok_1", { unit: "credits", reasonCode: null, running: 0, restingModels: [] }]]),
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
    nowMs,
  };
}

test.each([
  ["premium_interactions", 10, "credits"],
  ["session", 3, null],
  ["weekly", -1, null],
] as const)("a nearly used up %s is low; only the premium bucket has a unit", (bucket, remaining, unit) => {
  expect(findAlerts(sourcesWith({ quotas: [{ bucket, remaining }] }))).toEqual([
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
  expect(findAlerts(sourcesWith({ quotas, state: exhausted }))).toMatchObject([{ code: "token_exhausted" }]);
});

test("a store that fails is the first thing to know", () => {
  const sources = sourcesWith({ storeFailure: "The disk is full.", quotas: [{ remaining: 0 }] });
  expect(findAlerts(sources).map(({ severity, code }) => [severity, code])).toEqual([
    ["critical", "store_failing"],
    ["warning", "quota_low"],
  ]);
});
