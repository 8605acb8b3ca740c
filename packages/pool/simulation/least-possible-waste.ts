import type { Period } from "./purse.js";

export interface Demand {
  readonly atMs: number;
  readonly units: number;
}

/**
 * What even an oracle must lose, as a share of the units of the periods that end until `endMs`: who knows all demand and
 * may split every request serves each from the period that ends first of those that have something left. Nothing that
 * is served later could use those units, so that no other choice loses less; and it knows no limits of rate, no outages
 * and no conversations that stay where they are.
 */
export function leastPossibleWaste(periods: readonly Period[], demands: readonly Demand[], endMs: number): number {
  const open = periods.map((period) => ({ ...period, left: period.units })).sort((a, b) => a.resetAtMs - b.resetAtMs);
  for (const { atMs, units } of [...demands].sort((a, b) => a.atMs - b.atMs)) {
    let wanted = units;
    for (const period of open) {
      if (wanted <= 0) break;
      if (period.left <= 0 || atMs < period.fromMs || atMs >= period.resetAtMs) continue;
      const taken = Math.min(wanted, period.left);
      period.left -= taken;
      wanted -= taken;
    }
  }
  const ended = open.filter(({ resetAtMs }) => resetAtMs <= endMs);
  const sum = (of: (period: (typeof open)[number]) => number): number =>
    ended.reduce((total, period) => total + of(period), 0);
  return sum(({ left }) => left) / sum(({ units }) => units);
}
