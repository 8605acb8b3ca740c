import type { ApiKey, KeyLimits } from "@copilot-llm/model";
import { defaultSettings } from "@copilot-llm/model";
import type { KeyUsage } from "@copilot-llm/stores";
import { expect, test } from "vitest";
import { keyStanding } from "./key-standing.js";

const nowMs = Date.UTC(2026, 4, 10, 12);
const nothing = { requests: 0, premiumUnits: 0, nanoAiu: 0, tokens: 0 };
const usage = (used: Partial<typeof nothing>): KeyUsage => ({
  lifetime: { ...nothing, ...used },
  day: { ...nothing, ...used },
  month: { ...nothing, ...used },
  lastUsedAtMs: nowMs,
});
const keyOf = (limits: Partial<KeyLimits>, changes: Partial<ApiKey> = {}): ApiKey => ({
  id: "key_1",
  alias: "laptop",
  keyHash: "hash",
  keyPreview: "clp_12345678",
  enabled: true,
  createdAtMs: 0,
  createdBy: null,
  note: "",
  expiresAtMs: null,
  teamId: null,
  seat: null,
  replaced: null,
  githubTokenIds: null,
  ...defaultSettings.keyDefaults,
  limits: { ...defaultSettings.keyDefaults.limits, ...limits },
  ...changes,
});

test("a key with room in each budget is active, whatever its rates", () => {
  const key = keyOf({ maxRequests: 6, maxCredits: 1, requestsPerMinute: 1, maxConcurrency: 1 });
  for (const used of [null, usage({}), usage({ requests: 5, nanoAiu: 999_999_999 })]) {
    expect(keyStanding(key, used, nowMs)).toEqual({ state: "active", limitedBy: null, resetsAtMs: null });
  }
});

test.each([
  [{ maxRequests: 6 }, { requests: 6 }, "maxRequests"],
  [{ maxPremiumRequests: 2.5 }, { premiumUnits: 2.5 }, "maxPremiumRequests"],
  [{ maxCredits: 0.5 }, { nanoAiu: 500_000_000 }, "maxCredits"],
  [{ maxRequests: 6, maxCredits: 1 }, { requests: 2, nanoAiu: 3e9 }, "maxCredits"],
] as const)("a key with a used-up budget is limited by it: %j", (limits, used, limitedBy) => {
  const resets = { lifetime: null, day: Date.UTC(2026, 4, 11), month: Date.UTC(2026, 5, 1) };
  for (const limitPeriod of ["lifetime", "day", "month"] as const) {
    expect(keyStanding(keyOf({ ...limits, limitPeriod }), usage(used), nowMs)).toEqual({
      state: "limited",
      limitedBy,
      resetsAtMs: resets[limitPeriod],
    });
  }
});

test("what was used in another period limits nothing", () => {
  const key = keyOf({ maxRequests: 6, limitPeriod: "day" });
  expect(keyStanding(key, { ...usage({ requests: 6 }), day: nothing }, nowMs).state).toBe("active");
});

test("a disabled key is disabled and an expired one expired, used up or not", () => {
  const used = usage({ requests: 6 });
  const limits = { maxRequests: 6 };
  expect(keyStanding(keyOf(limits, { enabled: false, expiresAtMs: nowMs }), used, nowMs).state).toBe("disabled");
  expect(keyStanding(keyOf(limits, { expiresAtMs: nowMs }), used, nowMs).state).toBe("expired");
  expect(keyStanding(keyOf({}, { expiresAtMs: nowMs + 1 }), used, nowMs).state).toBe("active");
});
