/** One quota bucket of an account (`premium_interactions`, `chat`, `completions`, …) as last seen. */
export interface QuotaSnapshot {
  readonly bucket: string;
  /** Units per period; null when unlimited. */
  readonly entitlement: number | null;
  /** May be negative when the service let the account run over. Null when unlimited or unknown. */
  readonly remaining: number | null;
  readonly unlimited: boolean;
  readonly overagePermitted: boolean;
  readonly overageCount: number;
  /** False: the service says nothing is left, whatever the numbers say. */
  readonly hasQuota: boolean;
  readonly resetAtMs: number | null;
  readonly seenAtMs: number;
}

/** The bucket that premium requests and AI credits draw from. */
export const premiumBucket = "premium_interactions";

/** The account's weekly usage window (`x-usage-ratelimit-weekly`); its reset ends a `user_weekly_rate_limited`. */
export const weeklyBucket = "weekly";
