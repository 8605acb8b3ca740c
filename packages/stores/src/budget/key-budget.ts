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
import { ChargeSum, noCharges, roundUnits } from "./charge-sum.js";
import { MinuteWindow, roomAtMs } from "./minute-window.js";
import { OpenReservations } from "./open-reservations.js";
import { PeriodCounts } from "./period-counts.js";

const unlimited: ReserveResult = { granted: true, usage: [] };

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
  #lifetime = new ChargeSum();
  readonly #days = new PeriodCounts(dayStartMs);
  readonly #months = new PeriodCounts(monthStartMs);
  readonly #minute = new MinuteWindow();
  readonly #open = new OpenReservations();
  #lastUsedAtMs: number | null = null;

  /** All claims or none, in one synchronous step. `team`: the budgets of the other keys of the team. */
  reserve(reservation: Reservation, team: readonly KeyBudget[] = []): ReserveResult {
    const { claims, atMs, amounts } = reservation;
    if (claims.length === 0) {
      this.#open.add(reservation, this.#minute.add(atMs, amounts));
      return unlimited;
    }
    const own = [this];
    const all = team.length === 0 ? own : [this, ...team];
    const countedFor = (claim: LimitClaim) => (claim.isOfTeam === true ? all : own);
    const usageOf = (claim: LimitClaim, wanted: number) => claimUsage(countedFor(claim), claim, atMs, wanted);
    const refused = claims.find((claim) => exceeds(countedFor(claim), claim, atMs, amounts));
    if (refused !== undefined) {
      const usage = claims.map((claim) => usageOf(claim, amounts[claim.unit]));
      return { granted: false, refused: usageOf(refused, amounts[refused.unit]), usage };
    }
    this.#open.add(reservation, this.#minute.add(atMs, amounts));
    return { granted: true, usage: claims.map((claim) => usageOf(claim, 0)) };
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
    this.#lifetime.add(charges);
    this.#days.add(atMs, charges);
    this.#months.add(atMs, charges);
    this.#lastUsedAtMs = Math.max(this.#lastUsedAtMs ?? atMs, atMs);
  }

  /** Rates and open reservations go on: they are no budget that is used up. */
  reset(): void {
    this.#lifetime = new ChargeSum();
    this.#days.clear();
    this.#months.clear();
  }

  usage(atMs: number): KeyUsage {
    return {
      lifetime: this.#lifetime.values(),
      day: { ...this.#days.at(atMs) },
      month: { ...this.#months.at(atMs) },
      lastUsedAtMs: this.#lastUsedAtMs,
    };
  }

  static restore(snapshot: KeyBudgetSnapshot): KeyBudget {
    const budget = new KeyBudget();
    budget.#lifetime = new ChargeSum(snapshot.lifetime);
    budget.#days.restore(snapshot.days);
    budget.#months.restore(snapshot.months);
    for (const { atMs, charges } of snapshot.minute) budget.#minute.add(atMs, charges);
    budget.#lastUsedAtMs = snapshot.lastUsedAtMs;
    return budget;
  }

  /** What was taken during the last minute. */
  get minute(): MinuteWindow {
    return this.#minute;
  }

  used(window: LimitWindow, unit: ChargeUnit, atMs: number): number {
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

function usedOfAll(budgets: readonly KeyBudget[], { window, unit }: LimitClaim, atMs: number): number {
  let used = 0;
  for (const budget of budgets) used += budget.used(window, unit, atMs);
  return roundUnits(used);
}

function exceeds(budgets: readonly KeyBudget[], claim: LimitClaim, atMs: number, amounts: Charges): boolean {
  const used = usedOfAll(budgets, claim, atMs);
  return claim.isEstimate ? used >= claim.limit : roundUnits(used + amounts[claim.unit]) > claim.limit;
}

function claimUsage(budgets: readonly KeyBudget[], claim: LimitClaim, atMs: number, wanted: number): ClaimUsage {
  const used = usedOfAll(budgets, claim, atMs);
  const { window, unit } = claim;
  const resetAtMs =
    window === "minute"
      ? roomAtMs(
          budgets.map(({ minute }) => minute),
          atMs,
          unit,
          used + wanted - claim.limit,
        )
      : windowEndMs(window, atMs);
  return { claim, used, resetAtMs };
}
