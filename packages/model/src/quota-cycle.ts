/** Premium requests are requests times a model's multiplier, credits are tokens times its prices: never to be summed. */
export type QuotaUnit = "premium_requests" | "credits";

/** One period of a billing entity's quota, from reset to reset, as it was last seen. */
export interface QuotaCycle {
  readonly entityId: string;
  /** What the entity is called. */
  readonly name: string;
  readonly unit: QuotaUnit;
  /** When it ends, to the hour: GitHub does not always tell the same second. */
  readonly resetAtMs: number;
  readonly entitlement: number;
  readonly firstSeenAtMs: number;
  /** What had been used past these gateways when it was first seen. */
  readonly usedElsewhereAtFirst: number;
  readonly lastSeenAtMs: number;
  /** Of the whole cycle, as of then; by whomever. */
  readonly used: number;
  /** Of that, what the ledger knows. */
  readonly usedHere: number;
}
