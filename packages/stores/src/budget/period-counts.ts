import { type Charges, dayMs } from "@copilot-llm/model";
import { ChargeSum, noCharges } from "./charge-sum.js";

interface PeriodCount {
  readonly startMs: number;
  readonly charges: ChargeSum;
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
    this.#sumOf(this.#start(atMs)).add(charges);
  }

  subtract(atMs: number, charges: Charges): void {
    this.#sumOf(this.#start(atMs)).subtract(charges);
  }

  /** It goes on changing. */
  at(atMs: number): Charges {
    return this.#find(this.#start(atMs)) ?? noCharges;
  }

  clear(): void {
    this.#counts = [];
  }

  restore(counts: readonly { readonly startMs: number; readonly charges: Charges }[]): void {
    this.#counts = counts.map(({ startMs, charges }) => ({ startMs, charges: new ChargeSum(charges) }));
  }

  #sumOf(startMs: number): ChargeSum {
    const known = this.#find(startMs);
    if (known !== undefined) return known;
    const charges = new ChargeSum();
    this.#counts = [{ startMs, charges }, ...this.#counts].sort((a, b) => b.startMs - a.startMs).slice(0, keptPeriods);
    return charges;
  }

  #find(startMs: number): ChargeSum | undefined {
    for (const count of this.#counts) {
      if (count.startMs === startMs) return count.charges;
    }
    return undefined;
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
