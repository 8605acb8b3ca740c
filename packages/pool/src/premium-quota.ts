import type { CatalogueModel, Initiator, QuotaSnapshot } from "@copilot-llm/model";
import { quotaProbeMs } from "./failover-table.js";

/** Whether the account's premium bucket pays for the model; free models are served by exhausted tokens too. */
export function drawsPremium(model: CatalogueModel): boolean {
  const { multiplier, tokenPrices, isPremium } = model.billing;
  return multiplier === null ? isPremium || tokenPrices !== null : multiplier > 0;
}

/** Premium units that the service will take for one request; 0 where it bills tokens, which only the answer tells. */
export function premiumUnitsOf(model: CatalogueModel, initiator: Initiator): number {
  return initiator === "user" ? (model.billing.multiplier ?? 0) : 0;
}

/** Who would pay: the quota, or the account's owner beyond it. */
export type Affordability = "included" | "overage" | "none";

/** A month, where the service does not tell when the quota comes back. */
const unknownPeriodMs = 30 * 24 * 60 * 60_000;
const shortestPeriodMs = 60 * 60_000;
/** The same reset told twice may differ by this much. */
const resetToleranceMs = 60_000;
/** Sums of multipliers like 0.33 are this exact. */
const unitTolerance = 1e-6;

interface Refusal {
  readonly reason: string;
  /** What the service said of the bucket before it refused: only better news lifts the refusal early. */
  readonly snapshot: QuotaSnapshot | null;
}

/**
 * One account's premium bucket: what the service last said of it, less what was spent and is being spent since.
 * - A refusal (402) outranks the figures; a snapshot with better news than before, or the reset, lifts it.
 * - Units of a request under way are held back, so that parallel requests cannot overdraw what is left.
 * - At its reset the bucket is full again, until the service says otherwise. Without a known reset a used-up bucket is
 *   tried again after `quotaProbeMs`.
 */
export class PremiumQuota {
  #snapshot: QuotaSnapshot | null = null;
  /** Infinity while unlimited or unknown. */
  #remaining = Number.POSITIVE_INFINITY;
  #held = 0;
  #hasQuota = true;
  #refusal: Refusal | null = null;
  #resetAtMs: number | null = null;
  #probeAtMs: number | null = null;

  /** Takes a snapshot that was asked for; it replaces what is known. */
  refresh(snapshot: QuotaSnapshot, nowMs: number): void {
    this.#roll(nowMs);
    if (this.#refusal !== null && isBetter(snapshot, this.#refusal.snapshot)) this.#refusal = null;
    this.#snapshot = snapshot;
    this.#hasQuota = snapshot.hasQuota;
    this.#remaining = snapshot.unlimited || snapshot.remaining === null ? Number.POSITIVE_INFINITY : snapshot.remaining;
    // A reset that had passed when the figures were taken says nothing of when they change.
    this.#resetAtMs = snapshot.resetAtMs !== null && snapshot.resetAtMs > snapshot.seenAtMs ? snapshot.resetAtMs : null;
    this.#probeAtMs = this.#isUsedUp() && this.#resetAtMs === null ? nowMs + quotaProbeMs : null;
    this.#roll(nowMs);
  }

  /**
   * Takes a response's snapshot. Responses overtake each other and round (to 0.1% of the entitlement): within one
   * period the lowest figure holds.
   */
  note(snapshot: QuotaSnapshot, nowMs: number): void {
    const before = this.#samePeriod(snapshot) ? this.#remaining : Number.POSITIVE_INFINITY;
    this.refresh(snapshot, nowMs);
    this.#remaining = Math.min(this.#remaining, before);
  }

  /** The service refused for want of quota, whatever the figures say. */
  refuse(reason: string, retryAfterMs: number | null, nowMs: number): void {
    this.#roll(nowMs);
    this.#refusal = { reason, snapshot: this.#snapshot };
    if (this.#resetAtMs === null && retryAfterMs !== null) this.#resetAtMs = nowMs + retryAfterMs;
    this.#probeAtMs = this.#resetAtMs === null ? nowMs + quotaProbeMs : null;
  }

  hold(units: number): void {
    this.#held += units;
  }

  /** Lets held units go, spent or not. */
  settle(units: number, spent: boolean, nowMs: number): void {
    this.#held = Math.max(0, this.#held - units);
    if (!spent) return;
    this.#roll(nowMs);
    this.#remaining -= units;
    if (this.#isUsedUp() && this.#resetAtMs === null) this.#probeAtMs ??= nowMs + quotaProbeMs;
  }

  afford(units: number, nowMs: number): Affordability {
    this.#roll(nowMs);
    if (this.#isUsedUp()) return "none";
    if (this.#remaining - this.#held >= units - unitTolerance) return "included";
    return this.#snapshot?.overagePermitted === true ? "overage" : "none";
  }

  /** Null while there is quota. `untilMs` is the reset, `againAtMs` when the bucket is next tried. */
  exhaustion(
    nowMs: number,
  ): { readonly untilMs: number | null; readonly againAtMs: number | null; readonly reason: string } | null {
    this.#roll(nowMs);
    if (!this.#isUsedUp()) return null;
    const reason = this.#refusal?.reason ?? "The premium quota is used up.";
    return { untilMs: this.#resetAtMs, againAtMs: this.#resetAtMs ?? this.#probeAtMs, reason };
  }

  /**
   * Units left for each millisecond until the reset, the measure of `most_remaining`: with equal resets the fullest
   * bucket, else the one that would waste most. Negative while unknown.
   */
  abundance(nowMs: number): number {
    this.#roll(nowMs);
    if (this.#snapshot === null) return -1;
    const periodMs = this.#resetAtMs === null ? unknownPeriodMs : this.#resetAtMs - nowMs;
    return (this.#remaining - this.#held) / Math.max(periodMs, shortestPeriodMs);
  }

  #isUsedUp(): boolean {
    if (this.#refusal !== null || !this.#hasQuota) return true;
    return this.#remaining <= unitTolerance && this.#snapshot?.overagePermitted !== true;
  }

  #samePeriod(snapshot: QuotaSnapshot): boolean {
    const known = this.#snapshot;
    if (known === null || known.entitlement !== snapshot.entitlement || this.#resetAtMs === null) return false;
    return snapshot.resetAtMs === null || Math.abs(snapshot.resetAtMs - this.#resetAtMs) < resetToleranceMs;
  }

  #roll(nowMs: number): void {
    const turnsAtMs = this.#resetAtMs ?? this.#probeAtMs;
    if (turnsAtMs === null || nowMs < turnsAtMs) return;
    const entitlement = this.#snapshot?.unlimited === false ? this.#snapshot.entitlement : null;
    this.#remaining = entitlement ?? Number.POSITIVE_INFINITY;
    this.#hasQuota = true;
    this.#refusal = null;
    this.#resetAtMs = null;
    this.#probeAtMs = null;
  }
}

function isBetter(next: QuotaSnapshot, before: QuotaSnapshot | null): boolean {
  const hasRoom =
    next.hasQuota && (next.unlimited || next.overagePermitted || next.remaining === null || next.remaining > 0);
  if (!hasRoom) return false;
  if (before === null || (!before.hasQuota && next.hasQuota)) return true;
  if ((!before.unlimited && next.unlimited) || (!before.overagePermitted && next.overagePermitted)) return true;
  if (next.resetAtMs !== null && before.resetAtMs !== null && next.resetAtMs > before.resetAtMs + resetToleranceMs)
    return true;
  return (next.remaining ?? 0) > (before.remaining ?? 0);
}
