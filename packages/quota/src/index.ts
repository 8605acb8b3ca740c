// May this key make this request, and what does it cost. Pure policy: no state, no I/O; the ledger keeps the counts.
// Every export here is public API.
export { type AnsweredRequest, actualCharges } from "./actual-charges.js";
export { checkKey } from "./check-key.js";
export { type ChargesEstimate, estimateCharges } from "./estimate-charges.js";
export {
  type BudgetCountName,
  type BudgetField,
  type BudgetName,
  byBudgetCount,
  byBudgetField,
  byLimitField,
  byLimitName,
  type KeyBudgetLimit,
  type KeyLimit,
  type KeyLimitField,
  type KeyLimitName,
  type KeyRateLimit,
  keyBudgets,
  keyLimits,
  keyRates,
  limitPeriods,
  type RateName,
} from "./key-limits.js";
export { chargedAmount, limitAmount } from "./limit-amount.js";
export { limitClaims, limitOfClaim, teamClaims } from "./limit-claims.js";
export { checkModel, isModelAllowed } from "./model-rules.js";
export { premiumUnits } from "./premium-units.js";
export { priceTokens } from "./price-tokens.js";
export { rateLimitHeaders } from "./rate-limit-headers.js";
export { refusal } from "./refusal.js";
