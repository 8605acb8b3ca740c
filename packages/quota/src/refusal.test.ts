import { type ClaimUsage, type LimitClaim, noLimits } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { keyOf } from "../testing/fixtures.js";
import { refusal } from "./refusal.js";

const nowMs = Date.UTC(2026, 5, 10, 12);
const resetAtMs = Date.UTC(2026, 5, 11);

function refuse(claim: LimitClaim, used: number, at: number | null) {
  const usage: ClaimUsage = { claim, used, resetAtMs: at };
  return refusal(usage, keyOf(), { id: "team_1", name: "Red", createdAtMs: 0, limits: noLimits }, nowMs);
}

describe("a refusal", () => {
  it.each([
    [
      { unit: "requests", window: "day", limit: 10 },
      10,
      resetAtMs,
      'The API key "team" may use 10 requests per day (max_requests: 10); 10 are used. It resets at 2026-06-11T00:00:00.000Z.',
    ],
    [
      { unit: "premiumUnits", window: "month", limit: 3 },
      2.97,
      resetAtMs,
      'The API key "team" may use 3 premium requests per month (max_premium_requests: 3); 2.97 are used. It resets at 2026-06-11T00:00:00.000Z.',
    ],
    [
      { unit: "nanoAiu", window: "lifetime", limit: 250_000_000 },
      250_300_000,
      null,
      'The API key "team" may use 0.25 AI credits in all (max_credits: 0.25); 0.2503 are used. The limit does not reset; ask an administrator to raise it.',
    ],
    [
      { unit: "requests", window: "minute", limit: 60 },
      60,
      nowMs + 1_500,
      'The API key "team" may use 60 requests per minute (rpm: 60); 60 are used. It resets at 2026-06-10T12:00:01.500Z.',
    ],
    [
      { unit: "tokens", window: "minute", limit: 1_000 },
      1_200,
      nowMs + 1_500,
      'The API key "team" may use 1000 tokens per minute (tpm: 1000); 1200 are used. It resets at 2026-06-10T12:00:01.500Z.',
    ],
    [
      { unit: "requests", window: "open", limit: 4 },
      4,
      null,
      'The API key "team" may use 4 requests at a time (max_concurrency: 4); 4 are under way. Try again when one of them has ended.',
    ],
  ] as const)("of %j names the limit, its value and when it resets", (claim, used, at, message) => {
    expect(refuse(claim, used, at).message).toBe(message);
  });

  it.each([
    ["lifetime", "budget_exhausted"],
    ["day", "budget_exhausted"],
    ["month", "budget_exhausted"],
    ["minute", "limit_exceeded"],
    ["open", "limit_exceeded"],
  ] as const)("of what counts by %s is %s", (window, code) => {
    expect(refuse({ unit: "requests", window, limit: 1 }, 1, resetAtMs).code).toBe(code);
  });

  it("says when to come back: at the reset, soon for concurrency, never for a lifetime's limit", () => {
    expect(refuse({ unit: "requests", window: "day", limit: 1 }, 1, resetAtMs).retryAfterMs).toBe(resetAtMs - nowMs);
    expect(refuse({ unit: "requests", window: "minute", limit: 1 }, 1, nowMs - 5).retryAfterMs).toBe(0);
    expect(refuse({ unit: "requests", window: "open", limit: 1 }, 1, null).retryAfterMs).toBe(1_000);
    expect(refuse({ unit: "requests", window: "lifetime", limit: 1 }, 1, null).retryAfterMs).toBeNull();
  });

  it("has the same facts for machines", () => {
    expect(refuse({ unit: "nanoAiu", window: "day", limit: 1_000_000_000 }, 999_999_999, resetAtMs).details).toEqual({
      limit: "max_credits",
      value: 1,
      used: 1,
      resets_at: "2026-06-11T00:00:00.000Z",
    });
  });

  it("of a team's limit names the team", () => {
    const { message, details } = refuse({ unit: "requests", window: "day", limit: 50, isOfTeam: true }, 50, resetAtMs);
    expect(message).toMatch(/^The team "Red" may use 50 requests per day \(max_requests: 50\); 50 are used\./);
    expect(details).toMatchObject({ limit: "max_requests", team: "Red" });
  });
});
