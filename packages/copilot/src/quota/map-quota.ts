import type { QuotaSnapshot } from "@copilot-llm/model";
import type { CopilotClient } from "@github/copilot-sdk";

type SdkQuotas = Awaited<ReturnType<CopilotClient["rpc"]["account"]["getQuota"]>>["quotaSnapshots"];
/** `hasQuota` is sent by the runtime though the SDK's types leave it out. */
type SdkQuota = NonNullable<SdkQuotas[string]> & { readonly hasQuota?: boolean };

/**
 * The SDK's quota, bucket by bucket. What is left comes from the percentage, as `usedRequests` is rounded to whole requests.
 * The SDK's `resetDate` is the snapshot's own time in runtime 1.0.85, so only a date ahead of `nowMs` is believed.
 */
export function mapQuota(quotas: SdkQuotas, nowMs: number): readonly QuotaSnapshot[] {
  return Object.entries(quotas).flatMap(([bucket, quota]) =>
    quota === undefined ? [] : [mapBucket(bucket, quota, nowMs)],
  );
}

function mapBucket(bucket: string, quota: SdkQuota, nowMs: number): QuotaSnapshot {
  const unlimited = quota.isUnlimitedEntitlement || quota.entitlementRequests < 0;
  const remaining = unlimited ? null : (quota.entitlementRequests * quota.remainingPercentage) / 100;
  const overagePermitted = quota.overageAllowedWithExhaustedQuota;
  const resetAtMs = Date.parse(quota.resetDate ?? "");
  return {
    bucket,
    entitlement: unlimited ? null : quota.entitlementRequests,
    remaining,
    unlimited,
    overagePermitted,
    overageCount: quota.overage,
    hasQuota: quota.hasQuota ?? (remaining === null || remaining > 0 || overagePermitted),
    resetAtMs: resetAtMs > nowMs ? resetAtMs : null,
    seenAtMs: nowMs,
  };
}
