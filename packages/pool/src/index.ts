// Which token serves a request. Pure policy over an injected clock: no I/O, no stores, nothing of the SDK.
// Every export here is public API.
export type { Billing } from "./billing-entity.js";
export type { EntityView } from "./entity-view.js";
export {
  type FailoverAction,
  type FailoverEffect,
  type FailoverRule,
  failoverTable,
  isStrike,
  maxTokensPerRequest,
} from "./failover-table.js";
export { DemandPace, type HourlyUnits, type PaceWindow } from "./forecast/demand-pace.js";
export type { ForecastBucket, ForecastInput } from "./forecast/forecast-input.js";
export {
  type Band,
  type BucketForecast,
  forecastQuotas,
  forecastWaste,
} from "./forecast/quota-forecast.js";

export type { Lease, LeaseRequest, LeaseResult, RefusedLease } from "./lease.js";
export { createPool, type FailoverStep, type Pool, type PoolOptions } from "./pool.js";
export { drawsPremium } from "./premium-quota.js";
export type { SpareTerms } from "./spare-terms.js";
export type { StateListener, TokenStateChange } from "./state-watch.js";
export { quotaUnitOf, type TokenView } from "./token-view.js";
