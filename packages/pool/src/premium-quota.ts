import type { CatalogueModel, Initiator, QuotaSnapshot } from "@copilot-llm/model";
import { quotaProbeMs } from "./failover-table.js";
import { type Affordability, QuotaFigures, resetToleranceMs } from "./quota-figures.js";

/** Whether the account's premium bucket pays for the model; free models are served by exhausted tokens too. */
export function drawsPremium(model: CatalogueModel): boolean {
  const { multiplier, tokenPrices, isPremium } = model.billing;
  return multiplier === null ? isPremium || tokenPrices !== null : multiplier > 0;
}

/** Premium units that the service will take for one request; 0 where it bills tokens, which only the answer tells. */
export function premiumUnitsOf(model: CatalogueModel, initiator: Initiator): number {
  return initiator === "user" ? (model.billing.multiplier ?? 0) : 0;
}

/** What a request that is billed by tokens takes at least. */
const leastCredits = 0.001;

/** What must be left for the request to be part of the quota. */
export function unitsNeeded(model: CatalogueModel, initiator: Initiator): number {
  return model.billing.multiplier === null ? leastCredits : premiumUnitsOf(model, initiator);
}

interface Refusal {
  readonly reason: string;
  /** What the service said of the bucket before it refused, or the worst since: only better news lifts the refusal early. */
  readonly snapshot: QuotaSnapshot | null;
}

/**
 * One token's right to its billing entity's premium bucket. A refusal (402) outranks the figures, for this token alone:
 * a person's own budget may be used up where the entity's is not. A snapshot with better news than before, or the
 * reset, lifts it; without a known reset it is tried again after `quotaProbeMs`.
 */
export class PremiumQuota {
  #figures: QuotaFigures;
  #period: number;
  #hasQuota = true;
  #refusal: Refusal | null = null;
  #seen: QuotaSnapshot | null = null;
  #probeAtMs: number | null = null;

  constructor(figures = new QuotaFigures()) {
    this.#figures = figures;
    this.#period = 0;
  }

  get figures(): QuotaFigures {
    return this.#figures;
  }

  /** The service's own word, apart from the figures. */
  get hasQuota(): boolean {
    return this.#hasQuota;
  }

  /** Draws on another entity from now on. A refusal stands. */
  moveTo(figures: QuotaFigures, nowMs: number): void {
    this.#roll(nowMs);
    this.#figures = figures;
    this.#period = figures.period(nowMs);
  }

  /** Takes a snapshot that was asked for; it replaces what is known. `shared`: what it says of the entity's bucket. */
  refresh(snapshot: QuotaSnapshot, nowMs: number, shared = snapshot): void {
    this.#judge(snapshot, nowMs);
    this.#figures.refresh(shared, nowMs);
    this.#expectProbe(nowMs);
  }

  /** Takes a response's snapshot: `QuotaFigures.note`. */
  note(snapshot: QuotaSnapshot, nowMs: number, shared = snapshot): void {
    this.#judge(snapshot, nowMs);
    this.#figures.note(shared, nowMs);
    this.#expectProbe(nowMs);
  }

  /** The service refused for want of quota, whatever the figures say. */
  refuse(reason: string, retryAfterMs: number | null, nowMs: number): void {
    this.#roll(nowMs);
    this.#refusal = { reason, snapshot: this.#seen };
    this.#probeAtMs = null;
    if (retryAfterMs !== null) this.#figures.expectReset(nowMs + retryAfterMs);
    this.#expectProbe(nowMs);
  }

  /** Whether the service refused this token, rather than its entity's figures. */
  isRefused(nowMs: number): boolean {
    this.#roll(nowMs);
    return this.#refusal !== null || !this.#hasQuota;
  }

  hold(units: number): void {
    this.#figures.hold(units);
  }

  /** Lets held units go, spent or not. */
  settle(units: number, spent: boolean, nowMs: number): void {
    this.#figures.settle(units, spent, nowMs);
  }

  /** It is tried again so much later. */
  moveProbe(byMs: number): void {
    if (this.#probeAtMs !== null) this.#probeAtMs += byMs;
  }

  afford(units: number, nowMs: number): Affordability {
    return this.isRefused(nowMs) ? "none" : this.#figures.afford(units, nowMs);
  }

  /** Null while there is quota. `untilMs` is the reset, `againAtMs` when the bucket is next tried. */
  exhaustion(
    nowMs: number,
  ): { readonly untilMs: number | null; readonly againAtMs: number | null; readonly reason: string } | null {
    if (!this.isRefused(nowMs) && !this.#figures.isUsedUp(nowMs)) return null;
    const reason = this.#refusal?.reason ?? "The premium quota is used up.";
    const untilMs = this.#figures.resetAtMs(nowMs);
    return { untilMs, againAtMs: untilMs ?? this.#probeAtMs ?? this.#figures.againAtMs(nowMs), reason };
  }

  /** `QuotaFigures.abundance`. */
  abundance(nowMs: number): number {
    return this.#figures.abundance(nowMs);
  }

  #judge(snapshot: QuotaSnapshot, nowMs: number): void {
    this.#roll(nowMs);
    if (this.#refusal !== null) {
      if (isBetter(snapshot, this.#refusal.snapshot)) this.#refusal = null;
      else if (!hasRoom(snapshot)) this.#refusal = { ...this.#refusal, snapshot };
    }
    this.#seen = snapshot;
    this.#hasQuota = snapshot.hasQuota;
    this.#probeAtMs = null;
  }

  #expectProbe(nowMs: number): void {
    const isRefused = this.isRefused(nowMs);
    if (isRefused && this.#figures.resetAtMs(nowMs) === null) this.#probeAtMs ??= nowMs + quotaProbeMs;
    else this.#probeAtMs = null;
  }

  #roll(nowMs: number): void {
    const period = this.#figures.period(nowMs);
    const isProbe = this.#probeAtMs !== null && nowMs >= this.#probeAtMs;
    if (period === this.#period && !isProbe) return;
    this.#period = period;
    this.#hasQuota = true;
    this.#refusal = null;
    this.#probeAtMs = null;
  }
}

/** Whether the figures leave something to spend. */
export function hasRoom({ hasQuota, unlimited, overagePermitted, remaining }: QuotaSnapshot): boolean {
  return hasQuota && (unlimited || overagePermitted || remaining === null || remaining > 0);
}

function isBetter(next: QuotaSnapshot, before: QuotaSnapshot | null): boolean {
  if (!hasRoom(next)) return false;
  if (before === null || (!before.hasQuota && next.hasQuota)) return true;
  if ((!before.unlimited && next.unlimited) || (!before.overagePermitted && next.overagePermitted)) return true;
  if (next.resetAtMs !== null && before.resetAtMs !== null && next.resetAtMs > before.resetAtMs + resetToleranceMs)
    return true;
  return (next.remaining ?? 0) > (before.remaining ?? 0) + roundingOf(next);
}

/** Figures in headers are rounded to 0.1% of the entitlement. */
function roundingOf({ entitlement }: QuotaSnapshot): number {
  return (entitlement ?? 0) / 1_000;
}
