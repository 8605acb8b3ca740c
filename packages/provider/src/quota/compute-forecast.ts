import { type ApiKey, dayMs, type QuotaCycle, type QuotaUnit, type RoutingStrategy } from "@copilot-llm/model";
import {
  type Band,
  DemandPace,
  type ForecastBucket,
  type ForecastInput,
  forecastQuotas,
  forecastWaste,
  type HourlyUnits,
} from "@copilot-llm/pool";
import type { BillingEntityView } from "../admin/billing-entities.js";
import type { EntityOutlook, PoolOutlook, QuotaForecast } from "./quota-figures.js";
import type { UsageHistory } from "./usage-history.js";
import { elsewherePerHour, seeCycle, usedElsewhere } from "./watch-cycles.js";

const paceMs = 28 * dayMs;
const units: readonly QuotaUnit[] = ["credits", "premium_requests"];

export interface ComputeForecastInput {
  readonly nowMs: number;
  readonly strategy: RoutingStrategy;
  readonly entities: readonly BillingEntityView[];
  readonly history: UsageHistory;
  /** Of an entity's use in the last weeks, the part that only its own tokens may serve; 0 to 1. */
  readonly boundShare: (entity: BillingEntityView) => number;
  readonly runningCycle: (entity: BillingEntityView) => QuotaCycle | null;
}

export function computeForecast(input: ComputeForecastInput): QuotaForecast {
  const { nowMs, strategy } = input;
  const foretold = units.map((unit) => foretell(unit, input));
  return {
    computedAtMs: nowMs,
    strategy,
    entities: input.entities.map((entity) => {
      const found = foretold.find(({ unit }) => unit === entity.unit)?.outlooks.get(entity.id);
      return found ?? outlookWithout(entity);
    }),
    pool: foretold.flatMap(({ unit, outlooks, leastWaste }) =>
      outlooks.size === 0 ? [] : [addUp(unit, [...outlooks.values()], leastWaste)],
    ),
  };
}

function foretell(unit: QuotaUnit, input: ComputeForecastInput) {
  const { nowMs, strategy, history } = input;
  const entities = input.entities.filter((entity) => entity.unit === unit);
  const firstMs = history.firstMs(entities.flatMap(({ tokenIds }) => tokenIds));
  const fromMs = Math.max(nowMs - paceMs, firstMs ?? nowMs);
  const window = { fromMs, toMs: nowMs };
  const isKnown = nowMs - fromMs >= dayMs;
  const free: HourlyUnits[] = [];
  const paces = new Map<string, DemandPace>();
  const buckets = entities.map((entity): ForecastBucket => {
    const used = history.demandByHour(entity.tokenIds, unit, fromMs, nowMs);
    const bound = input.boundShare(entity);
    for (const { hourStartMs, units: one } of used) free.push({ hourStartMs, units: one * (1 - bound) });
    const pace = DemandPace.of(used, window);
    paces.set(entity.id, pace);
    const cycle = input.runningCycle(entity);
    return {
      id: entity.id,
      tokenCount: entity.tokenIds.length,
      entitlement: entity.entitlement ?? Number.POSITIVE_INFINITY,
      remaining: entity.remaining ?? Number.POSITIVE_INFINITY,
      resetAtMs: entity.resetAtMs,
      own: pace.share(bound).plusSteady(cycle === null ? 0 : elsewherePerHour(cycle, nowMs)),
    };
  });
  const run: ForecastInput = { nowMs, strategy, buckets, demand: DemandPace.of(free, window) };
  const forecasts = new Map((isKnown ? forecastQuotas(run) : []).map((forecast) => [forecast.id, forecast]));
  const outlooks = new Map(
    entities.map((entity) => {
      const forecast = forecasts.get(entity.id);
      const outlook: EntityOutlook = {
        ...outlookWithout(entity),
        ...placesOfUse(entity, history, nowMs),
        pace: isKnown ? (paces.get(entity.id)?.unitsByHour ?? null) : null,
        usedAtReset: forecast?.usedAtReset ?? null,
        waste: forecast?.waste ?? null,
        runsOutAtMs: forecast?.runsOutAtMs ?? null,
      };
      return [entity.id, outlook];
    }),
  );
  const leastWaste = forecasts.size === 0 ? null : forecastWaste({ ...run, strategy: "least_waste" });
  return { unit, outlooks, leastWaste };
}

function outlookWithout(entity: BillingEntityView): EntityOutlook {
  const { entitlement, remaining } = entity;
  return {
    entityId: entity.id,
    name: entity.name,
    tokenIds: entity.tokenIds,
    usedHere: null,
    usedElsewhere: null,
    unit: entity.unit,
    entitlement,
    used: entitlement === null || remaining === null ? null : entitlement - remaining,
    remaining,
    unlimited: entity.unlimited,
    resetAtMs: entity.resetAtMs,
    pace: null,
    usedAtReset: null,
    waste: null,
    runsOutAtMs: null,
  };
}

function placesOfUse(
  entity: BillingEntityView,
  history: UsageHistory,
  nowMs: number,
): Pick<EntityOutlook, "usedHere" | "usedElsewhere"> {
  const cycle = seeCycle(entity, history, nowMs);
  // After a reset nobody knows what was used elsewhere until GitHub has told new figures.
  if (cycle === null || cycle.resetAtMs <= nowMs) return { usedHere: null, usedElsewhere: null };
  return { usedHere: cycle.usedHere, usedElsewhere: usedElsewhere(cycle) };
}

/** Each until its own next reset. */
function addUp(unit: QuotaUnit, outlooks: readonly EntityOutlook[], leastWaste: number | null): PoolOutlook {
  const resets = outlooks.flatMap(({ resetAtMs }) => (resetAtMs === null ? [] : [resetAtMs]));
  const ends = outlooks.map(({ runsOutAtMs }) => runsOutAtMs);
  return {
    unit,
    entitlement: sumOf(outlooks.map(({ entitlement }) => entitlement)),
    used: sumOf(outlooks.map(({ used }) => used)),
    remaining: sumOf(outlooks.map(({ remaining }) => remaining)),
    unlimited: outlooks.some(({ unlimited }) => unlimited),
    resetAtMs: resets.length === 0 ? null : Math.min(...resets),
    pace: addPaces(outlooks.flatMap(({ pace }) => (pace === null ? [] : [pace]))),
    usedAtReset: addBands(outlooks.map(({ usedAtReset }) => usedAtReset)),
    waste: addBands(outlooks.map(({ waste }) => waste)),
    runsOutAtMs: ends.every((end) => end !== null) ? Math.max(...ends.map(Number)) : null,
    leastWaste,
  };
}

/** Of what is known; null where nothing is. */
function sumOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

function addBands(bands: readonly (Band | null)[]): Band | null {
  const known = bands.filter((band) => band !== null);
  if (known.length === 0) return null;
  return known.reduce((sum, { p10, expected, p90 }) => ({
    p10: sum.p10 + p10,
    expected: sum.expected + expected,
    p90: sum.p90 + p90,
  }));
}

function addPaces(paces: readonly (readonly number[])[]): readonly number[] | null {
  const [first, ...rest] = paces;
  if (first === undefined) return null;
  return first.map((units, hour) => rest.reduce((sum, pace) => sum + (pace[hour] ?? 0), units));
}

/** Of each entity's use, the part of keys that no other may serve, or that go there first. */
export function findBoundShares(
  usedByKeyAndToken: readonly { readonly keyId: string; readonly tokenId: string; readonly units: number }[],
  keys: readonly Pick<ApiKey, "id" | "githubTokenIds" | "seat">[],
  entities: readonly BillingEntityView[],
): ReadonlyMap<string, number> {
  const entityOf = new Map(entities.flatMap(({ id, tokenIds }) => tokenIds.map((tokenId) => [tokenId, id] as const)));
  const homeOf = new Map(
    keys.map(({ id, githubTokenIds, seat }) => {
      const tokenIds = seat?.servesFirst === true ? [seat.tokenId] : (githubTokenIds ?? []);
      const [first, ...others] = new Set(tokenIds.map((tokenId) => entityOf.get(tokenId)));
      return [id, others.length === 0 ? first : undefined] as const;
    }),
  );
  const sums = new Map<string, { all: number; bound: number }>();
  for (const { keyId, tokenId, units: used } of usedByKeyAndToken) {
    const entityId = entityOf.get(tokenId);
    if (entityId === undefined) continue;
    const sum = sums.get(entityId) ?? { all: 0, bound: 0 };
    sums.set(entityId, { all: sum.all + used, bound: sum.bound + (homeOf.get(keyId) === entityId ? used : 0) });
  }
  return new Map(Array.from(sums, ([entityId, { all, bound: part }]) => [entityId, all === 0 ? 0 : part / all]));
}
