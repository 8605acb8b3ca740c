import { expect, it } from "vitest";
import { mapQuota } from "./map-quota.js";

const nowMs = Date.parse("2026-05-10T00:00:00Z");
const quota = {
  isUnlimitedEntitlement: false,
  entitlementRequests: 300,
  usedRequests: 14,
  usageAllowedWithExhaustedQuota: true,
  remainingPercentage: 95.3,
  overage: 2,
  overageAllowedWithExhaustedQuota: true,
  resetDate: "2026-06-01T00:00:00Z",
};

it("takes what is left from the percentage, which is finer than the count of requests", () => {
  expect(mapQuota({ premium_interactions: quota, gone: undefined }, nowMs)).toEqual([
    {
      bucket: "premium_interactions",
      entitlement: 300,
      remaining: 285.9,
      unlimited: false,
      overagePermitted: true,
      overageCount: 2,
      hasQuota: true,
      resetAtMs: Date.parse("2026-06-01T00:00:00Z"),
      seenAtMs: nowMs,
    },
  ]);
});

it("shows unlimited buckets without numbers", () => {
  const unlimited = { ...quota, isUnlimitedEntitlement: true, entitlementRequests: -1 };
  expect(mapQuota({ chat: unlimited }, nowMs)).toMatchObject([{ entitlement: null, remaining: null, unlimited: true }]);
});

it("believes the service when it says that nothing is left", () => {
  const exhausted = { ...quota, remainingPercentage: -0.5, hasQuota: false };
  expect(mapQuota({ chat: exhausted }, nowMs)).toMatchObject([{ remaining: -1.5, hasQuota: false }]);
});

it("ignores a reset that is not ahead: the runtime puts the snapshot's own time there", () => {
  expect(mapQuota({ chat: { ...quota, resetDate: "2026-05-10T00:00:00Z" } }, nowMs)[0]?.resetAtMs).toBeNull();
  const { resetDate: _unknown, ...without } = quota;
  expect(mapQuota({ chat: without }, nowMs)[0]?.resetAtMs).toBeNull();
});
