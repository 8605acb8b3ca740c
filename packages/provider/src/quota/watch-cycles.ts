import { hourMs, type QuotaCycle } from "@copilot-llm/model";
import type { BillingEntityView } from "../admin/billing-entities.js";
import type { ClosedCycle } from "./quota-figures.js";
import type { UsageHistory } from "./usage-history.js";

/** So long after a reset requests may still come on record that began before it. */
const settlesWithinMs = 3 * hourMs;

/** How the running cycle of an entity stands; null where it has none that is known. */
export function seeCycle(entity: BillingEntityView, history: UsageHistory, nowMs: number): QuotaCycle | null {
  const { unit, entitlement, remaining, resetAtMs } = entity;
  if (unit === null || entitlement === null || remaining === null || resetAtMs === null) return null;
  const resetMs = Math.round(resetAtMs / hourMs) * hourMs;
  const used = Math.max(0, entitlement - remaining);
  const usedHere = usedIn(entity.tokenIds, unit, resetMs, history);
  return {
    entityId: entity.id,
    name: entity.name,
    unit,
    resetAtMs: resetMs,
    entitlement,
    firstSeenAtMs: nowMs,
    usedElsewhereAtFirst: Math.max(0, used - usedHere),
    lastSeenAtMs: nowMs,
    used,
    usedHere,
  };
}

/** A cycle that ended a little while ago, with what came on record after it was seen last. */
export function settleCycle(
  cycle: QuotaCycle,
  tokenIds: readonly string[],
  history: UsageHistory,
  nowMs: number,
): QuotaCycle | null {
  if (nowMs < cycle.resetAtMs || nowMs >= cycle.resetAtMs + settlesWithinMs) return null;
  const usedHere = usedIn(tokenIds, cycle.unit, cycle.resetAtMs, history);
  if (usedHere <= cycle.usedHere) return null;
  return { ...cycle, usedHere, used: cycle.used + usedHere - cycle.usedHere };
}

export function closeCycle(cycle: QuotaCycle): ClosedCycle {
  const { firstSeenAtMs, usedElsewhereAtFirst: _, lastSeenAtMs: __, ...rest } = cycle;
  return {
    ...rest,
    seenFromMs: firstSeenAtMs,
    usedElsewhere: usedElsewhere(cycle),
    lost: Math.max(0, cycle.entitlement - cycle.used),
  };
}

/** What the ledger does not know of. GitHub's figures come later than the ledger's, which then may be the larger. */
export function usedElsewhere({ used, usedHere }: Pick<QuotaCycle, "used" | "usedHere">): number {
  return Math.max(0, used - usedHere);
}

/** Units an hour that are used past these gateways, since the cycle was first seen. */
export function elsewherePerHour(cycle: QuotaCycle, nowMs: number): number {
  const hours = (nowMs - cycle.firstSeenAtMs) / hourMs;
  // The figures of less than a day say little, and GitHub's come late.
  if (hours < 24) return 0;
  return Math.max(0, cycle.used - cycle.usedHere - cycle.usedElsewhereAtFirst) / hours;
}

function usedIn(
  tokenIds: readonly string[],
  unit: QuotaCycle["unit"],
  resetAtMs: number,
  history: UsageHistory,
): number {
  const hours = history.unitsByHour(tokenIds, unit, monthBeforeMs(resetAtMs), resetAtMs);
  return hours.reduce((sum, { units }) => sum + units, 0);
}

function monthBeforeMs(atMs: number): number {
  const date = new Date(atMs);
  const month = date.getUTCMonth() - 1;
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Math.min(date.getUTCDate(), lastDay);
  return Date.UTC(date.getUTCFullYear(), month, day, date.getUTCHours());
}
