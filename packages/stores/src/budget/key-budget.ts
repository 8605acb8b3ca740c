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
import * as z from "zod";
import type { KeyUsage, Reservation, ReserveResult } from "../interfaces/ledger.js";
import { addCharges, noCharges, roundUnits } from "./charge-sum.js";
import { MinuteWindow } from "./minute-window.js";
import { OpenReservations } from "./open-reservations.js";
import { PeriodCounts } from "./period-counts.js";

const chargesSchema = z.strictObject({
  requests: z.number(),
  premiumUnits: z.number(),
  nanoAiu: z.number(),
  tokens: z.number(),
});
const periodsSchema = z.array(z.strictObject({ startMs: z.number(), charges: chargesSchema }));

export const keyBudgetSchema = z.strictObject({
  lifetime: chargesSchema,
  days: periodsSchema,
  months: periodsSchema,
  minute: z.array(z.strictObject({ atMs: z.number(), charges: chargesSchema })),
  lastUsedAtMs: z.number().nullable(),
});

export type KeyBudgetSnapshot = z.infer<typeof keyBudgetSchema>;

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

  /** What is settled; open reservations end with the process. */
  snapshot(): KeyBudgetSnapshot {
    const open = this.#open.minuteItems();
    const bySecond = new Map<number, { atMs: number; charges: Charges }>();
    for (const item of this.#minute.items()) {
      if (open.has(item)) continue;
      const second = Math.floor(item.atMs / 1000);
      const charges = addCharges(bySecond.get(second)?.charges ?? noCharges, item.charges);
      bySecond.set(second, { atMs: item.atMs, charges });
    }
    return {
      lifetime: this.#lifetime,
      days: [...this.#days.snapshot()],
      months: [...this.#months.snapshot()],
      minute: [...bySecond.values()],
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
