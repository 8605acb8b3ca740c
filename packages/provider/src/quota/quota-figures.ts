import type { QuotaCycle, QuotaUnit, RoutingStrategy } from "@copilot-llm/model";
import type { Band } from "@copilot-llm/pool";

/** What a quota is, and what will become of it. */
export interface QuotaOutlook {
  readonly unit: QuotaUnit | null;
  /** Null when unlimited or unknown. */
  readonly entitlement: number | null;
  readonly used: number | null;
  readonly remaining: number | null;
  readonly unlimited: boolean;
  readonly resetAtMs: number | null;
  /** Units in each UTC hour of the week, Monday 00:00 first; null with less than a day of history. */
  readonly pace: readonly number[] | null;
  readonly usedAtReset: Band | null;
  readonly waste: Band | null;
  /** When nothing is left; null where that is not before the reset. */
  readonly runsOutAtMs: number | null;
}

export interface EntityOutlook extends QuotaOutlook {
  readonly entityId: string;
  readonly name: string;
  readonly tokenIds: readonly string[];
  /** Since the last reset, through the gateways of these stores; null while no running cycle is known. */
  readonly usedHere: number | null;
  /** The rest of what was used, as far as GitHub has told; null with it. */
  readonly usedElsewhere: number | null;
}

/** All entities that count in one unit, together. */
export interface PoolOutlook extends QuotaOutlook {
  readonly unit: QuotaUnit;
  /** What would be lost if tokens were chosen by `least_waste`. */
  readonly leastWaste: number | null;
}

export interface QuotaForecast {
  readonly computedAtMs: number;
  readonly strategy: RoutingStrategy;
  readonly entities: readonly EntityOutlook[];
  readonly pool: readonly PoolOutlook[];
}

/** A cycle that has ended. */
export interface ClosedCycle extends Omit<QuotaCycle, "firstSeenAtMs" | "usedElsewhereAtFirst" | "lastSeenAtMs"> {
  /** Since when it was watched: not before is anything known of who used it. */
  readonly seenFromMs: number;
  readonly usedElsewhere: number;
  readonly lost: number;
}
