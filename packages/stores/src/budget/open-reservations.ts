import { type ChargeUnit, dayStartMs, type LimitWindow, monthStartMs } from "@copilot-llm/model";
import type { Reservation } from "../interfaces/ledger.js";
import { ChargeSum } from "./charge-sum.js";
import type { MinuteItem } from "./minute-window.js";
import { PeriodCounts } from "./period-counts.js";

interface OpenReservation {
  readonly reservation: Reservation;
  readonly minuteItem: MinuteItem;
}

/** One key's reservations that are neither settled nor released, with their sums. A step costs the same, however many there are. */
export class OpenReservations {
  readonly #open = new Map<string, OpenReservation>();
  readonly #days = new PeriodCounts(dayStartMs);
  readonly #months = new PeriodCounts(monthStartMs);
  readonly #total = new ChargeSum();

  add(reservation: Reservation, minuteItem: MinuteItem): void {
    const { id, atMs, amounts } = reservation;
    this.#open.set(id, { reservation, minuteItem });
    this.#total.add(amounts);
    this.#days.add(atMs, amounts);
    this.#months.add(atMs, amounts);
  }

  /** What the reservation took from the last minute; null when it is not open. */
  remove(id: string): MinuteItem | null {
    const found = this.#open.get(id);
    if (found === undefined) return null;
    this.#open.delete(id);
    const { atMs, amounts } = found.reservation;
    this.#total.subtract(amounts);
    this.#days.subtract(atMs, amounts);
    this.#months.subtract(atMs, amounts);
    return found.minuteItem;
  }

  /** What is reserved of the unit by requests that began in the window that holds the moment. */
  reserved(window: Exclude<LimitWindow, "minute">, unit: ChargeUnit, atMs: number): number {
    if (window === "day") return this.#days.at(atMs)[unit];
    return window === "month" ? this.#months.at(atMs)[unit] : this.#total[unit];
  }
}
