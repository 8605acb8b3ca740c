import { describe, expect, it } from "vitest";
import { keyOf } from "../testing/fixtures.js";
import { limitClaims } from "./limit-claims.js";

describe("limit claims", () => {
  it("are none for a key without limits", () => {
    expect(limitClaims(keyOf())).toEqual([]);
  });

  it("are one for each limit, budgets over the key's period", () => {
    const limits = {
      maxRequests: 10,
      maxPremiumRequests: 3.5,
      maxCredits: 0.25,
      limitPeriod: "month",
      requestsPerMinute: 60,
      tokensPerMinute: 100_000,
      maxConcurrency: 4,
    } as const;
    expect(limitClaims(keyOf({}, limits))).toEqual([
      { unit: "requests", window: "month", limit: 10 },
      { unit: "premiumUnits", window: "month", limit: 3.5 },
      { unit: "nanoAiu", window: "month", limit: 250_000_000, isEstimate: true },
      { unit: "requests", window: "minute", limit: 60 },
      { unit: "tokens", window: "minute", limit: 100_000, isEstimate: true },
      { unit: "requests", window: "open", limit: 4 },
    ]);
  });

  it("keep a limit of zero, which allows nothing", () => {
    expect(limitClaims(keyOf({}, { maxRequests: 0 }))).toEqual([{ unit: "requests", window: "lifetime", limit: 0 }]);
  });
});
