import { type Clock, dayMs, type RoutingStrategy } from "@copilot-llm/model";
import { DemandPace } from "../src/forecast/demand-pace.js";
import { runCourse } from "../src/forecast/run-course.js";
import type { Pool } from "../src/pool.js";
import type { Purse } from "./purse.js";

export interface ForecastCheckOptions {
  readonly purses: ReadonlyMap<string, Purse>;
  readonly pool: Pick<Pool, "entities">;
  readonly strategy: RoutingStrategy;
  readonly startMs: number;
  readonly clock: Clock;
}

const aheadMs = 10 * dayMs;

/** Foretells ten days before each reset what will be lost, from what was used since the month began, and compares. */
export class ForecastCheck {
  readonly #options: ForecastCheckOptions;
  readonly #foretold = new Map<string, number>();
  readonly #errors: number[] = [];

  constructor(options: ForecastCheckOptions) {
    this.#options = options;
  }

  schedule(endMs: number): void {
    const { purses, startMs, clock } = this.#options;
    const resets = new Set(Array.from(purses.values(), ({ period }) => period.resetAtMs));
    for (const resetAtMs of resets) {
      // With less than a day of history there is no forecast.
      if (resetAtMs - aheadMs < startMs + dayMs || resetAtMs > endMs) continue;
      clock.schedule(resetAtMs - aheadMs - startMs, () => this.#foretell(resetAtMs));
    }
  }

  /** To be called when the purse's period ends. */
  compare(purse: Purse): void {
    const foretold = this.#foretold.get(purse.id);
    if (foretold !== undefined) this.#errors.push(Math.abs(foretold - Math.max(0, purse.left)) / purse.entitlement);
  }

  medianError(): number {
    const sorted = [...this.#errors].sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  }

  #foretell(resetAtMs: number): void {
    const { purses, pool, strategy, startMs, clock } = this.#options;
    const nowMs = clock.nowMs();
    const used = [...purses.values()].flatMap(({ usedByHour }) =>
      Array.from(usedByHour, ([hourStartMs, units]) => ({ hourStartMs, units })),
    );
    const input = {
      nowMs,
      strategy,
      buckets: pool.entities().map((entity) => ({
        id: entity.id,
        tokenCount: entity.tokenIds.length,
        entitlement: entity.entitlement ?? Number.POSITIVE_INFINITY,
        remaining: entity.remaining ?? Number.POSITIVE_INFINITY,
        resetAtMs: entity.resetAtMs,
        own: DemandPace.steady(0),
      })),
      demand: DemandPace.of(used, { fromMs: startMs, toMs: nowMs }),
    };
    for (const [id, { leftAtReset }] of runCourse(input, 0)) {
      if (purses.get(id)?.period.resetAtMs === resetAtMs) this.#foretold.set(id, Math.max(0, leftAtReset));
    }
  }
}
