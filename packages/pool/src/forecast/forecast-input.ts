import type { RoutingStrategy } from "@copilot-llm/model";
import type { DemandPace } from "./demand-pace.js";

/** What may be used until a moment, by one payer. */
export interface ForecastBucket {
  readonly id: string;
  /** How many tokens draw on it: turns go round tokens. */
  readonly tokenCount: number;
  /** Units per period. Infinity where nothing limits them. */
  readonly entitlement: number;
  readonly remaining: number;
  /** Null: nobody knows, or what is left is not lost. */
  readonly resetAtMs: number | null;
  /** What it alone serves: keys that are bound to its tokens, and what is used past this gateway. */
  readonly own: DemandPace;
}

export interface ForecastInput {
  readonly nowMs: number;
  readonly strategy: RoutingStrategy;
  /** All that count in the same unit. */
  readonly buckets: readonly ForecastBucket[];
  /** What any of them may serve. */
  readonly demand: DemandPace;
}
