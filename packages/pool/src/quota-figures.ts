import type { QuotaSnapshot } from "@copilot-llm/model";
import { quotaProbeMs } from "./failover-table.js";

/** Who would pay: the quota, or the account's owner beyond it. */
export type Affordability = "included" | "overage" | "none";

/** A month, where the service does not tell when the quota comes back. */
const unknownPeriodMs = 30 * 24 * 60 * 60_000;
const shortestPeriodMs = 60 * 60_000;
/** The same reset told twice may differ by this much. */
export const resetToleranceMs = 60_000;
/** Sums of multipliers like 0.33 are this exact. */
const unitTolerance = 1e-6;

/**
 * What a billing entity has left of its premium bucket: what the service last said of it, less what was spent and is
 * being spent since. Every token of the entity draws on the same figures.
 * - Units of a request under way are held back, so that parallel requests cannot overdraw what is left.
 * - At its reset the bucket is full again, until the service says otherwise. Without a known reset a used-up bucket is
 *   tried again after `quotaProbeMs`.
 */
export class QuotaFigures {
  #snapshot: QuotaSnapshot | null = null;
  /** Infinity while unlimited or unknown. */
  #remaining = Number.POSITIVE_INFINITY;
  #held = 0;
  #resetAtMs: number | null = null;
  #probeAtMs: number | null = null;
  #period = 0;

  /** Takes a snapshot that was asked for; it replaces what is known. */
  refresh(snapshot: QuotaSnapshot, nowMs: number): void {
    this.#roll(nowMs);
    this.#snapshot = snapshot;
    this.#remaining = snapshot.unlimited || snapshot.remaining === null ? Number.POSITIVE_INFINITY : snapshot.remaining;
    // A reset that had passed when the figures were taken says nothing of when they change.
    this.#resetAtMs = snapshot.resetAtMs !== null && snapshot.resetAtMs > snapshot.seenAtMs ? snapshot.resetAtMs : null;
    this.#probeAtMs = null;
    this.#expectProbe(nowMs);
    this.#roll(nowMs);
  }

  /**
   * Takes a response's snapshot. Responses overtake each other and round (to 0.1% of the entitlement): within one
   * period the lowest figure holds.
   */
  note(snapshot: QuotaSnapshot, nowMs: number): void {
    const before = this.#isSamePeriod(snapshot) ? this.#remaining : Number.POSITIVE_INFINITY;
    this.refresh(snapshot, nowMs);
    this.#remaining = Math.min(this.#remaining, before);
  }

  /** Takes over a reset that a refusal told, where none is known. */
  expectReset(resetAtMs: number): void {
    this.#resetAtMs ??= resetAtMs;
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
    this.#expectProbe(nowMs);
  }

  afford(units: number, nowMs: number): Affordability {
    if (this.isUsedUp(nowMs)) return "none";
    if (this.#remaining - this.#held >= units - unitTolerance) return "included";
    return this.#snapshot?.overagePermitted === true ? "overage" : "none";
  }

  isUsedUp(nowMs: number): boolean {
    this.#roll(nowMs);
    return this.#isUsedUp();
  }

  /** Counts up with each period that begins: what was refused in an earlier one is forgotten. */
  period(nowMs: number): number {
    this.#roll(nowMs);
    return this.#period;
  }

  resetAtMs(nowMs: number): number | null {
    this.#roll(nowMs);
    return this.#resetAtMs;
  }

  /** When a used-up bucket is next tried; null while nothing says so. */
  againAtMs(nowMs: number): number | null {
    this.#roll(nowMs);
    return this.#resetAtMs ?? this.#probeAtMs;
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

  /** When what is left would be lost; Infinity where nothing is, or nobody knows. */
  lostAtMs(nowMs: number): number {
    this.#roll(nowMs);
    return this.#remaining === Number.POSITIVE_INFINITY
      ? this.#remaining
      : (this.#resetAtMs ?? Number.POSITIVE_INFINITY);
  }

  /** As last seen, with what was spent since; null while nothing is known. */
  current(nowMs: number): QuotaSnapshot | null {
    this.#roll(nowMs);
    const snapshot = this.#snapshot;
    if (snapshot === null || snapshot.unlimited || snapshot.remaining === null) return snapshot;
    return { ...snapshot, remaining: this.#remaining, resetAtMs: this.#resetAtMs };
  }

  /** It is tried again so much later. */
  moveProbe(byMs: number): void {
    if (this.#probeAtMs !== null) this.#probeAtMs += byMs;
  }

  #isUsedUp(): boolean {
    return this.#remaining <= unitTolerance && this.#snapshot?.overagePermitted !== true;
  }

  #expectProbe(nowMs: number): void {
    if (this.#isUsedUp() && this.#resetAtMs === null) this.#probeAtMs ??= nowMs + quotaProbeMs;
  }

  #isSamePeriod(snapshot: QuotaSnapshot): boolean {
    const known = this.#snapshot;
    if (known === null || known.entitlement !== snapshot.entitlement || this.#resetAtMs === null) return false;
    return snapshot.resetAtMs === null || Math.abs(snapshot.resetAtMs - this.#resetAtMs) < resetToleranceMs;
  }

  #roll(nowMs: number): void {
    const turnsAtMs = this.#resetAtMs ?? this.#probeAtMs;
    if (turnsAtMs === null || nowMs < turnsAtMs) return;
    const entitlement = this.#snapshot?.unlimited === false ? this.#snapshot.entitlement : null;
    this.#remaining = entitlement ?? Number.POSITIVE_INFINITY;
    this.#resetAtMs = null;
    this.#probeAtMs = null;
    this.#period += 1;
  }
}
