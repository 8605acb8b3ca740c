import type { QuotaUnit } from "@copilot-llm/model";
import type { BillingEntity } from "./billing-entity.js";
import type { PooledToken } from "./pooled-token.js";
import { quotaUnitOf } from "./token-view.js";

/** A billing entity as an admin sees it: what its tokens may spend together, counted once. */
export interface EntityView {
  readonly id: string;
  /** In the order of joining. */
  readonly tokenIds: readonly string[];
  /** What the bucket counts; null while nothing says so. */
  readonly unit: QuotaUnit | null;
  /** Units per period; null when unlimited or unknown. */
  readonly entitlement: number | null;
  /** Less than nothing where the service let it run over. Null when unlimited or unknown. */
  readonly remaining: number | null;
  readonly unlimited: boolean;
  readonly overagePermitted: boolean;
  readonly resetAtMs: number | null;
  /** When GitHub last said something of it; null before. */
  readonly seenAtMs: number | null;
  /** Since when a refusal of one token speaks against the others; null while none does. */
  readonly suspectSinceMs: number | null;
}

export function entityViewOf(entity: BillingEntity, tokens: readonly PooledToken[], nowMs: number): EntityView {
  const figures = entity.figures.current(nowMs);
  return {
    id: entity.id,
    tokenIds: tokens.map(({ id }) => id),
    unit: tokens.map(({ catalogue }) => quotaUnitOf(catalogue.values())).find((unit) => unit !== null) ?? null,
    entitlement: figures?.entitlement ?? null,
    remaining: figures?.remaining ?? null,
    unlimited: figures?.unlimited ?? false,
    overagePermitted: figures?.overagePermitted ?? false,
    resetAtMs: figures === null ? null : entity.figures.resetAtMs(nowMs),
    seenAtMs: figures?.seenAtMs ?? null,
    suspectSinceMs: entity.suspectSinceMs(nowMs),
  };
}
