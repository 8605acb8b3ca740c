import type { Charges } from "@copilot-llm/model";
import { addCharges, noCharges } from "./charge-sum.js";

interface PeriodCount {
  readonly startMs: number;
  readonly charges: Charges;
}

/** How many of the latest periods are told apart: a request may end in the period after the one it began in. */
const keptPeriods = 2;

/** What was charged in each of the latest days or months. */
export class PeriodCounts {
  readonly #startOf: (atMs: number) => number;
  #counts: readonly PeriodCount[] = [];

  constructor(startOf: (atMs: number) => number) {
    this.#startOf = startOf;
  }

  add(atMs: number, charges: Charges): void {
    const startMs = this.#startOf(atMs);
    const [latest, ...earlier] = this.#counts;
    if (latest?.startMs === startMs) {
      this.#counts = [{ startMs, charges: addCharges(latest.charges, charges) }, ...earlier];
      return;
    }
    const count = { startMs, charges: addCharges(this.at(atMs), charges) };
    this.#counts = [count, ...this.#counts.filter((other) => other.startMs !== startMs)]
      .sort((a, b) => b.startMs - a.startMs)
      .slice(0, keptPeriods);
  }

  at(atMs: number): Charges {
    const startMs = this.#startOf(atMs);
    return this.#counts.find((count) => count.startMs === startMs)?.charges ?? noCharges;
  }

  clear(): void {
    this.#counts = [];
  }

  snapshot(): readonly PeriodCount[] {
    return this.#counts;
  }

  restore(counts: readonly PeriodCount[]): void {
    this.#counts = counts;
  }
}
