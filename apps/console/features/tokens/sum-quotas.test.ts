import { describe, expect, it } from "vitest";
import { createToken } from "../../testing/fixtures";
import { sumQuotas } from "./sum-quotas";

describe("sumQuotas", () => {
  it("adds up enabled tokens with a known quota, each unit by itself, and names the first reset", () => {
    const credits = { unit: "credits", premium_quota_limit: 1_900, premium_quota_used: 260 } as const;
    const tokens = [
      { ...createToken({ premium_quota_used: 10, premium_quota_reset: "2026-12-05T00:00:00Z" }), ...premium },
      { ...createToken({ premium_quota_used: 5.5 }), ...premium },
      { ...createToken(), ...credits },
      createToken({ premium_quota_limit: null, premium_quota_used: null, premium_quota_reset: null }),
      createToken({ enabled: false, premium_quota_used: 300 }),
    ];
    expect(sumQuotas(tokens)).toEqual([
      { unit: "premium_requests", used: 15.5, limit: 600, nextReset: "2026-12-01T00:00:00Z" },
      { unit: "credits", used: 260, limit: 1_900, nextReset: "2026-12-01T00:00:00Z" },
    ]);
  });

  it("gives nothing when no quota is known", () => {
    expect(sumQuotas([createToken({ premium_quota_limit: null })])).toEqual([]);
  });
});

const premium = { unit: "premium_requests" } as const;
