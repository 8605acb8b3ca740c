import type { ClosedCycle, EntityOutlook, PoolOutlook, QuotaForecast, QuotaOutlook } from "@copilot-llm/provider";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import type { EntityForecastView, PoolForecastView, QuotaCyclesView, QuotaForecastView } from "./schemas.js";

export function encodeForecast({ computedAtMs, strategy, entities, pool }: QuotaForecast): QuotaForecastView {
  return {
    computed_at: encodeTime(computedAtMs),
    routing_strategy: strategy,
    entities: entities.map(encodeEntity),
    pool: pool.map(encodePool),
  };
}

function encodeEntity(outlook: EntityOutlook): EntityForecastView {
  const { entityId, name, tokenIds, unit, usedHere, usedElsewhere } = outlook;
  return {
    entity: entityId,
    name,
    token_ids: [...tokenIds],
    unit,
    ...encodeOutlook(outlook),
    used_here: usedHere,
    used_elsewhere: usedElsewhere,
  };
}

function encodePool(outlook: PoolOutlook): PoolForecastView {
  return { unit: outlook.unit, ...encodeOutlook(outlook), least_waste: outlook.leastWaste };
}

function encodeOutlook(outlook: QuotaOutlook) {
  return {
    entitlement: outlook.entitlement,
    used: outlook.used,
    remaining: outlook.remaining,
    unlimited: outlook.unlimited,
    reset_at: encodeNullableTime(outlook.resetAtMs),
    pace: outlook.pace === null ? null : outlook.pace.map((units) => Math.round(units * 1_000) / 1_000),
    projected_used_at_reset: outlook.usedAtReset,
    projected_waste: outlook.waste,
    runs_out_at: encodeNullableTime(outlook.runsOutAtMs),
  };
}

export function encodeCycles(cycles: readonly ClosedCycle[]): QuotaCyclesView {
  return {
    cycles: cycles.map((cycle) => ({
      entity: cycle.entityId,
      name: cycle.name,
      unit: cycle.unit,
      reset_at: encodeTime(cycle.resetAtMs),
      seen_from: encodeTime(cycle.seenFromMs),
      entitlement: cycle.entitlement,
      used: cycle.used,
      used_here: cycle.usedHere,
      used_elsewhere: cycle.usedElsewhere,
      lost: cycle.lost,
    })),
  };
}
