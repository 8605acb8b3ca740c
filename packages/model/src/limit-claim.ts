import type { ChargeUnit } from "./charges.js";

/**
 * Over which time a limit counts. `lifetime`, `day` and `month` are calendar periods in UTC; `minute` is the 60 s
 * before the reservation; `open` is what is reserved and not yet appended (concurrency).
 */
export type LimitWindow = "lifetime" | "day" | "month" | "minute" | "open";

export interface LimitClaim {
  readonly unit: ChargeUnit;
  readonly window: LimitWindow;
  /** Granted only if what is used and reserved in the window plus this request's amount stays within it. */
  readonly limit: number;
  /**
   * The amount is a guess that may well be too high: granted as long as anything is left in the window, so that the
   * window is overdrawn by one request's excess at most and a small limit is not refused out of hand.
   */
  readonly isEstimate?: true;
  /** The limit is the team's: what every key of the team uses counts. */
  readonly isOfTeam?: true;
}

/** A claim with where its window stands: the request's own amount included when granted, left out when refused. */
export interface ClaimUsage {
  readonly claim: LimitClaim;
  readonly used: number;
  /** When the window makes room again; null for `lifetime` and `open`. */
  readonly resetAtMs: number | null;
}
