import { describe, expect, it } from "vitest";
import { freeModel, modelOf, premiumModel, premiumQuotaOf } from "../testing/fixtures.js";
import { drawsPremium, PremiumQuota, premiumUnitsOf } from "./premium-quota.js";

const nowMs = Date.UTC(2026, 5, 10);
const resetAtMs = Date.UTC(2026, 6, 1);
const hourMs = 3_600_000;

function quotaWith(remaining: number, changes: Parameters<typeof premiumQuotaOf>[2] = {}): PremiumQuota {
  const quota = new PremiumQuota();
  quota.refresh(premiumQuotaOf(remaining, nowMs, { resetAtMs, ...changes }), nowMs);
  return quota;
}

describe("what a model costs", () => {
  const prices = { inputNanoAiu: 1, outputNanoAiu: 1, cacheReadNanoAiu: 1, cacheWriteNanoAiu: 1, longContext: null };

  it.each([
    ["a multiplier", premiumModel, true],
    ["a multiplier of 0", freeModel, false],
    ["token prices", modelOf("credits", { isPremium: false, multiplier: null, tokenPrices: prices }), true],
    ["neither multiplier nor prices, not premium", modelOf("old", { isPremium: false, multiplier: null }), false],
    ["neither, but premium", modelOf("new", { isPremium: true, multiplier: null }), true],
  ])("a model with %s draws on the premium quota: %#", (_, model, expected) => {
    expect(drawsPremium(model)).toBe(expected);
  });

  it("is the multiplier on a user's turn and nothing on an agent's", () => {
    const opus = modelOf("opus", { multiplier: 3 });
    expect([premiumUnitsOf(opus, "user"), premiumUnitsOf(opus, "agent")]).toEqual([3, 0]);
  });
});

describe("premium quota", () => {
  it("is taken to be there while nothing is known", () => {
    const quota = new PremiumQuota();
    expect(quota.afford(15, nowMs)).toBe("included");
    expect(quota.exhaustion(nowMs)).toBeNull();
  });

  it("holds back what is under way, so that parallel requests cannot overdraw it", () => {
    const quota = quotaWith(2);
    quota.hold(1);
    quota.hold(1);
    expect(quota.afford(1, nowMs)).toBe("none");
    quota.settle(1, false, nowMs);
    expect(quota.afford(1, nowMs)).toBe("included");
  });

  it("does not serve a model that costs more than is left, while cheaper ones go on", () => {
    const quota = quotaWith(2);
    expect([quota.afford(3, nowMs), quota.afford(1, nowMs)]).toEqual(["none", "included"]);
    expect(quota.exhaustion(nowMs)).toBeNull();
  });

  it("adds up multipliers with fractions without losing a request", () => {
    const quota = quotaWith(0.99);
    for (let count = 0; count < 3; count += 1) {
      expect(quota.afford(0.33, nowMs)).toBe("included");
      quota.hold(0.33);
      quota.settle(0.33, true, nowMs);
    }
    expect(quota.exhaustion(nowMs)).toMatchObject({ untilMs: resetAtMs });
  });

  it.each([
    ["nothing remains", quotaWith(0)],
    ["it was overrun", quotaWith(-1)],
    ["the service says there is none, whatever the figures", quotaWith(50, { hasQuota: false })],
    ["the service says there is none on an unlimited plan", quotaWith(0, { unlimited: true, hasQuota: false })],
  ])("is exhausted until its reset when %s", (_, quota) => {
    expect(quota.exhaustion(nowMs)).toMatchObject({ untilMs: resetAtMs, againAtMs: resetAtMs });
    expect(quota.afford(0, nowMs)).toBe("none");
  });

  it("goes on as overage where that is permitted", () => {
    const quota = quotaWith(0, { overagePermitted: true, hasQuota: true });
    expect(quota.afford(1, nowMs)).toBe("overage");
    expect(quota.exhaustion(nowMs)).toBeNull();
  });

  it("never runs out when unlimited", () => {
    const quota = quotaWith(0, { unlimited: true, remaining: null, entitlement: null, hasQuota: true });
    quota.hold(1_000);
    expect(quota.afford(1_000, nowMs)).toBe("included");
  });

  it("is full again at its reset", () => {
    const quota = quotaWith(0);
    expect(quota.afford(1, resetAtMs - 1)).toBe("none");
    expect(quota.exhaustion(resetAtMs)).toBeNull();
    expect(quota.afford(300, resetAtMs)).toBe("included");
    expect(quota.afford(301, resetAtMs)).toBe("none");
  });

  it("is tried again after an hour when no reset is known", () => {
    const quota = quotaWith(0, { resetAtMs: null });
    expect(quota.exhaustion(nowMs)).toMatchObject({ untilMs: null, againAtMs: nowMs + hourMs });
    expect(quota.afford(1, nowMs + hourMs - 1)).toBe("none");
    expect(quota.afford(1, nowMs + hourMs)).toBe("included");
  });

  it("is tried again after an hour when it was used up here and no reset is known", () => {
    const quota = quotaWith(1, { resetAtMs: null });
    quota.hold(1);
    quota.settle(1, true, nowMs);
    expect(quota.exhaustion(nowMs)).toMatchObject({ againAtMs: nowMs + hourMs });
  });

  it("believes figures taken after a reset date that the service still shows", () => {
    const quota = quotaWith(5, { resetAtMs: nowMs - hourMs });
    expect([quota.afford(5, nowMs), quota.afford(6, nowMs)]).toEqual(["included", "none"]);
  });

  it("keeps the lowest figure when responses overtake each other", () => {
    const quota = quotaWith(10);
    quota.note(premiumQuotaOf(7, nowMs, { resetAtMs }), nowMs);
    quota.note(premiumQuotaOf(8, nowMs, { resetAtMs }), nowMs);
    expect([quota.afford(7, nowMs), quota.afford(8, nowMs)]).toEqual(["included", "none"]);
  });

  it("believes a response of the next period or of a larger plan", () => {
    const quota = quotaWith(10);
    quota.note(premiumQuotaOf(1_400, nowMs, { resetAtMs, entitlement: 1_500 }), nowMs);
    expect(quota.afford(1_400, nowMs)).toBe("included");
  });

  it("measures abundance by time left: most first with equal resets, soonest reset first with equal figures", () => {
    const soon = quotaWith(100, { resetAtMs: nowMs + 24 * hourMs });
    const late = quotaWith(100);
    const more = quotaWith(200);
    expect(soon.abundance(nowMs)).toBeGreaterThan(more.abundance(nowMs));
    expect(more.abundance(nowMs)).toBeGreaterThan(late.abundance(nowMs));
    expect(new PremiumQuota().abundance(nowMs)).toBeLessThan(late.abundance(nowMs));
  });
});

describe("a refusal for want of quota", () => {
  it("outranks figures that say otherwise, until the reset", () => {
    const quota = quotaWith(200);
    quota.refuse("You have no quota", null, nowMs);
    expect(quota.exhaustion(nowMs)).toEqual({ untilMs: resetAtMs, againAtMs: resetAtMs, reason: "You have no quota" });
    expect(quota.exhaustion(resetAtMs)).toBeNull();
  });

  it("stands when a refresh repeats the figures it contradicts", () => {
    const quota = quotaWith(200);
    quota.refuse("You have no quota", null, nowMs);
    quota.refresh(premiumQuotaOf(200, nowMs + 1, { resetAtMs }), nowMs + 1);
    expect(quota.exhaustion(nowMs + 1)).not.toBeNull();
  });

  it.each([
    ["more is left", { remaining: 250 }],
    ["overage was permitted", { overagePermitted: true }],
    ["the plan became unlimited", { unlimited: true, remaining: null }],
    ["a new period has begun", { resetAtMs: Date.UTC(2026, 7, 1) }],
  ])("is lifted when a refresh says that %s", (_, changes) => {
    const quota = quotaWith(200);
    quota.refuse("You have no quota", null, nowMs);
    quota.refresh(premiumQuotaOf(200, nowMs + 1, { resetAtMs, ...changes }), nowMs + 1);
    expect(quota.exhaustion(nowMs + 1)).toBeNull();
  });

  it("is lifted when the service first said there was no quota and then that there is", () => {
    const quota = quotaWith(0);
    quota.refuse("You have no quota", null, nowMs);
    quota.refresh(premiumQuotaOf(300, nowMs + 1, { resetAtMs }), nowMs + 1);
    expect(quota.exhaustion(nowMs + 1)).toBeNull();
  });

  it("without a known quota lasts for retry-after, else an hour or until a refresh shows quota", () => {
    const told = new PremiumQuota();
    told.refuse("no quota", 60_000, nowMs);
    expect(told.exhaustion(nowMs)).toMatchObject({ untilMs: nowMs + 60_000 });
    const untold = new PremiumQuota();
    untold.refuse("no quota", null, nowMs);
    expect(untold.exhaustion(nowMs)).toMatchObject({ untilMs: null, againAtMs: nowMs + hourMs });
    untold.refresh(premiumQuotaOf(1, nowMs, { resetAtMs }), nowMs);
    expect(untold.exhaustion(nowMs)).toBeNull();
  });
});
