import { type Clock, hourStartMs, type QuotaSnapshot } from "@copilot-llm/model";
import { premiumQuotaOf } from "../testing/fixtures.js";
import { monthMs } from "./traffic.js";

export interface PurseOptions {
  readonly id: string;
  /** Units per period of 30 days. The first period is the rest of one, with its part of them. */
  readonly entitlement: number;
  readonly firstResetAtMs: number;
  readonly startMs: number;
  readonly clock: Clock;
}

/** Units that are there between two moments, and then lost. */
export interface Period {
  readonly units: number;
  readonly fromMs: number;
  readonly resetAtMs: number;
}

const unitTolerance = 1e-6;

/** A premium quota as it really is: of one account, or shared by the seats of an organisation. */
export class Purse {
  readonly id: string;
  wasOverdrawn = false;
  /** Units of all periods that ended, and of them those nobody used. */
  ended = { units: 0, left: 0 };
  /** What was used in each hour, by when it began. */
  readonly usedByHour = new Map<number, number>();
  readonly #entitlement: number;
  readonly #clock: Clock;
  #period: Period;
  #used = 0;

  constructor({ id, entitlement, firstResetAtMs, startMs, clock }: PurseOptions) {
    this.id = id;
    this.#entitlement = entitlement;
    this.#clock = clock;
    const units = Math.round((entitlement * (firstResetAtMs - startMs)) / monthMs);
    this.#period = { units, fromMs: startMs, resetAtMs: firstResetAtMs };
  }

  get entitlement(): number {
    return this.#entitlement;
  }

  get period(): Period {
    return this.#period;
  }

  get left(): number {
    return this.#period.units - this.#used;
  }

  get isEmpty(): boolean {
    return this.left <= 0;
  }

  covers(units: number): boolean {
    return !this.isEmpty && units <= this.left + unitTolerance;
  }

  /** The service itself lets the last request overdraw. */
  take(units: number): void {
    this.#used += units;
    const hour = hourStartMs(this.#clock.nowMs());
    this.usedByHour.set(hour, (this.usedByHour.get(hour) ?? 0) + units);
    if (this.left < -unitTolerance) this.wasOverdrawn = true;
  }

  /** Ends the period: what is left of it is lost. */
  reset(): void {
    const { units } = this.#period;
    this.ended = { units: this.ended.units + units, left: this.ended.left + Math.max(0, this.left) };
    this.#period = this.next();
    this.#used = 0;
  }

  /** The period after this one. */
  next(): Period {
    const { resetAtMs } = this.#period;
    return { units: this.#entitlement, fromMs: resetAtMs, resetAtMs: resetAtMs + monthMs };
  }

  /** The quota when asked for it. */
  snapshot(): QuotaSnapshot {
    return this.#show(this.left);
  }

  /** The quota in an answer's headers: a percentage of one decimal. */
  snapshotInHeaders(): QuotaSnapshot {
    const percentLeft = Math.round((this.left / this.#entitlement) * 1_000) / 10;
    return this.#show((percentLeft * this.#entitlement) / 100);
  }

  #show(remaining: number): QuotaSnapshot {
    const { resetAtMs } = this.#period;
    return premiumQuotaOf(remaining, this.#clock.nowMs(), { entitlement: this.#entitlement, resetAtMs });
  }
}
