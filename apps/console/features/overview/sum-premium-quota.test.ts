import { describe, expect, it } from "vitest";
import { createToken } from "../../testing/fixtures";
import { sumPremiumQuota } from "./sum-premium-quota";

describe("sumPremiumQuota", () => {
  it("adds up enabled tokens with a known quota and names the first reset", () => {
    const tokens = [
      createToken({ premium_quota_used: 10, premium_quota_reset: "2026-12-05T00:00:00Z" }),
      createToken({ premium_quota_used: 5.5, premium_quota_limit: 1_500 }),
      createToken({ premium_quota_limit: null, premium_quota_used: null, premium_quota_reset: null }),
      createToken({ enabled: false, premium_quota_used: 300 }),
    ];
    expect(sumPremiumQuota(tokens)).toEqual({ used: 15.5, limit: 1_800, nextReset: "2026-12-01T00:00:00Z" });
  });

  it("gives null when no quota is known", () => {
    expect(sumPremiumQuota([createToken({ premium_quota_limit: null })])).toBeNull();
  });
});
