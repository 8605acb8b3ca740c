import { type Charges, dayMs } from "@copilot-llm/model";
import { addCharges, noCharges } from "./charge-sum.js";

interface PeriodCount {
  readonly startMs: number;
  charges: Charges;
}

/** How many of the latest periods are told apart: a request may end in the period after the one it began in. */
const keptPeriods = 2;

/** What was charged in each of the latest days or months. */
export class PeriodCounts {
  readonly #startOf: (atMs: number) => number;
  #counts: readonly PeriodCount[] = [];
  /** The day that was asked for last, and when the period begins that holds it. */
  #knownDay = Number.NaN;
  #knownStartMs = 0;

  /** `startOf` is the same for every moment of a UTC day. */
  constructor(startOf: (atMs: number) => number) {
    this.#startOf = startOf;
  }

  add(atMs: number, charges: Charges): void {
    const startMs = this.#start(atMs);
    const known = this.#counts.find((count) => count.startMs === startMs);
    if (known !== undefined) {
      known.charges = addCharges(known.charges, charges);
      return;
    }
    this.#counts = [{ startMs, charges }, ...this.#counts].sort((a, b) => b.startMs - a.startMs).slice(0, keptPeriods);
  }

  at(atMs: number): Charges {
    const startMs = this.#start(atMs);
    return this.#counts.find((count) => count.startMs === startMs)?.charges ?? noCharges;
  }

  clear(): void {
    this.#counts = [];
  }

  restore(counts: readonly PeriodCount[]): void {
    this.#counts = counts.map((count) => ({ ...count }));
  }

  #start(atMs: number): number {
    const day = Math.floor(atMs / dayMs);
    if (day !== this.#knownDay) {
      this.#knownDay = day;
      this.#knownStartMs = this.#startOf(atMs);
    }
    return this.#knownStartMs;
  }
}
