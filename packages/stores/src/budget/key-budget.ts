import {
  type Charges,
  type ChargeUnit,
  type ClaimUsage,
  dayStartMs,
  type LimitClaim,
  type LimitWindow,
  monthStartMs,
  windowEndMs,
} from "@copilot-llm/model";
import type { KeyUsage, Reservation, ReserveResult } from "../interfaces/ledger.js";
import { addCharges, noCharges, roundUnits } from "./charge-sum.js";
import { MinuteWindow } from "./minute-window.js";
import { OpenReservations } from "./open-reservations.js";
import { PeriodCounts } from "./period-counts.js";

interface PeriodCharges {
  readonly startMs: number;
  readonly charges: Charges;
}

/** What is settled, as it is written down; open reservations end with the process. */
export interface KeyBudgetSnapshot {
  readonly lifetime: Charges;
  /** The latest two. */
  readonly days: readonly PeriodCharges[];
  readonly months: readonly PeriodCharges[];
  readonly minute: readonly { readonly atMs: number; readonly charges: Charges }[];
  readonly lastUsedAtMs: number | null;
}

/** One key's counts: what was settled in each window, and the reservations that are still open. */
export class KeyBudget {
  #lifetime: Charges = noCharges;
  readonly #days = new PeriodCounts(dayStartMs);
  readonly #months = new PeriodCounts(monthStartMs);
  readonly #minute = new MinuteWindow();
  readonly #open = new OpenReservations();
  #lastUsedAtMs: number | null = null;

  /** All claims or none, in one synchronous step. */
  reserve(reservation: Reservation): ReserveResult {
    const { claims, atMs, amounts } = reservation;
    const refused = claims.find((claim) => this.#exceeds(claim, atMs, amounts));
    if (refused !== undefined) {
      const usage = claims.map((claim) => this.#claimUsage(claim, atMs, amounts[claim.unit]));
      return { granted: false, refused: this.#claimUsage(refused, atMs, amounts[refused.unit]), usage };
    }
    this.#open.add(reservation, this.#minute.add(atMs, amounts));
    return { granted: true, usage: claims.map((claim) => this.#claimUsage(claim, atMs, 0)) };
  }

  release(reservationId: string): void {
    const minuteItem = this.#open.remove(reservationId);
    if (minuteItem !== null) this.#minute.replace(minuteItem, noCharges);
  }

  /** Replaces the reservation, where there is one, by what the request really cost. */
  settle(requestId: string, atMs: number, charges: Charges): void {
    const minuteItem = this.#open.remove(requestId);
    if (minuteItem === null) this.#minute.add(atMs, charges);
    else this.#minute.replace(minuteItem, charges);
    this.#lifetime = addCharges(this.#lifetime, charges);
    this.#days.add(atMs, charges);
    this.#months.add(atMs, charges);
    this.#lastUsedAtMs = Math.max(this.#lastUsedAtMs ?? atMs, atMs);
  }

  /** Rates and open reservations go on: they are no budget that is used up. */
  reset(): void {
    this.#lifetime = noCharges;
    this.#days.clear();
    this.#months.clear();
  }

  usage(atMs: number): KeyUsage {
    return {
      lifetime: this.#lifetime,
      day: this.#days.at(atMs),
      month: this.#months.at(atMs),
      lastUsedAtMs: this.#lastUsedAtMs,
    };
  }

  static restore(snapshot: KeyBudgetSnapshot): KeyBudget {
    const budget = new KeyBudget();
    budget.#lifetime = snapshot.lifetime;
    budget.#days.restore(snapshot.days);
    budget.#months.restore(snapshot.months);
    for (const { atMs, charges } of snapshot.minute) budget.#minute.add(atMs, charges);
    budget.#lastUsedAtMs = snapshot.lastUsedAtMs;
    return budget;
  }

  #exceeds(claim: LimitClaim, atMs: number, amounts: Charges): boolean {
    const used = this.#used(claim.window, claim.unit, atMs);
    if (claim.isEstimate) return roundUnits(used) >= claim.limit;
    return roundUnits(used + amounts[claim.unit]) > claim.limit;
  }

  #claimUsage(claim: LimitClaim, atMs: number, wanted: number): ClaimUsage {
    const used = this.#used(claim.window, claim.unit, atMs);
    const resetAtMs =
      claim.window === "minute"
        ? this.#minute.roomAtMs(atMs, claim.unit, used + wanted - claim.limit)
        : windowEndMs(claim.window, atMs);
    return { claim, used, resetAtMs };
  }

  #used(window: LimitWindow, unit: ChargeUnit, atMs: number): number {
    switch (window) {
      case "minute":
        return this.#minute.usedAt(atMs, unit);
      case "open":
        return this.#open.reserved(window, unit, atMs);
      case "lifetime":
        return roundUnits(this.#lifetime[unit] + this.#open.reserved(window, unit, atMs));
      case "day":
        return roundUnits(this.#days.at(atMs)[unit] + this.#open.reserved(window, unit, atMs));
      case "month":
        return roundUnits(this.#months.at(atMs)[unit] + this.#open.reserved(window, unit, atMs));
    }
  }
}
