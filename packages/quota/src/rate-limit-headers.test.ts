import type { ClaimUsage, LimitClaim } from "@copilot-llm/model";
import { describe, expect, it } from "vitest";
import { rateLimitHeaders } from "./rate-limit-headers.js";

const nowMs = Date.UTC(2026, 5, 10, 12);

function usageOf(claim: LimitClaim, used: number, resetsInMs: number | null): ClaimUsage {
  return { claim, used, resetAtMs: resetsInMs === null ? null : nowMs + resetsInMs };
}

const perMinute = usageOf({ unit: "requests", window: "minute", limit: 60 }, 12, 1_200);
const perDay = usageOf({ unit: "requests", window: "day", limit: 1_000 }, 990, 12 * 3_600_000);
const tokens = usageOf({ unit: "tokens", window: "minute", limit: 100_000, isEstimate: true }, 99_000.5, 61_000);

describe("rate-limit headers", () => {
  it("have OpenAI's names and durations", () => {
    expect(rateLimitHeaders([perMinute, tokens], "openai-chat", nowMs)).toEqual({
      "x-ratelimit-limit-requests": "60",
      "x-ratelimit-remaining-requests": "48",
      "x-ratelimit-reset-requests": "2s",
      "x-ratelimit-limit-tokens": "100000",
      "x-ratelimit-remaining-tokens": "999",
      "x-ratelimit-reset-tokens": "1m1s",
    });
  });

  it("have Anthropic's names and times", () => {
    expect(rateLimitHeaders([perMinute, tokens], "anthropic-messages", nowMs)).toEqual({
      "anthropic-ratelimit-requests-limit": "60",
      "anthropic-ratelimit-requests-remaining": "48",
      "anthropic-ratelimit-requests-reset": "2026-06-10T12:00:02Z",
      "anthropic-ratelimit-tokens-limit": "100000",
      "anthropic-ratelimit-tokens-remaining": "999",
      "anthropic-ratelimit-tokens-reset": "2026-06-10T12:01:01Z",
    });
  });

  it.each(["openai-responses", "openai-embeddings"] as const)("are OpenAI's for %s too", (protocol) => {
    expect(Object.keys(rateLimitHeaders([tokens], protocol, nowMs))).toContain("x-ratelimit-limit-tokens");
  });

  it("tell the limit with the least left", () => {
    expect(rateLimitHeaders([perMinute, perDay], "openai-chat", nowMs)).toEqual({
      "x-ratelimit-limit-requests": "1000",
      "x-ratelimit-remaining-requests": "10",
      "x-ratelimit-reset-requests": "12h0m0s",
    });
  });

  it("leave out what is not limited, what neither API names, and a reset that never comes", () => {
    const open = usageOf({ unit: "requests", window: "open", limit: 2 }, 1, null);
    const credits = usageOf({ unit: "nanoAiu", window: "day", limit: 5 }, 1, 5_000);
    expect(rateLimitHeaders([open, credits], "openai-chat", nowMs)).toEqual({});
    const lifetime = usageOf({ unit: "requests", window: "lifetime", limit: 5 }, 6, null);
    expect(rateLimitHeaders([lifetime], "openai-chat", nowMs)).toEqual({
      "x-ratelimit-limit-requests": "5",
      "x-ratelimit-remaining-requests": "0",
    });
  });

  it.each([
    [0, "0ms"],
    [-5, "0ms"],
    [250, "250ms"],
    [59_001, "1m0s"],
    [3_600_000, "1h0m0s"],
  ])("write %d ms as %s", (resetsInMs, duration) => {
    const usage = usageOf({ unit: "requests", window: "minute", limit: 1 }, 1, resetsInMs);
    expect(rateLimitHeaders([usage], "openai-chat", nowMs)["x-ratelimit-reset-requests"]).toBe(duration);
  });
});
