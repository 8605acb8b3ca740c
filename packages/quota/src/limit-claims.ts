import { type ApiKey, type LimitClaim, nanoAiuPerCredit } from "@copilot-llm/model";

/** What a request must be granted, one claim per limit of the key; empty for a key without limits. */
export function limitClaims(key: ApiKey): readonly LimitClaim[] {
  const { limits } = key;
  const window = limits.limitPeriod;
  const claims: LimitClaim[] = [];
  if (limits.maxRequests !== null) claims.push({ unit: "requests", window, limit: limits.maxRequests });
  if (limits.maxPremiumRequests !== null)
    claims.push({ unit: "premiumUnits", window, limit: limits.maxPremiumRequests });
  if (limits.maxCredits !== null) {
    claims.push({ unit: "nanoAiu", window, limit: Math.round(limits.maxCredits * nanoAiuPerCredit), isEstimate: true });
  }
  if (limits.requestsPerMinute !== null)
    claims.push({ unit: "requests", window: "minute", limit: limits.requestsPerMinute });
  if (limits.tokensPerMinute !== null) {
    claims.push({ unit: "tokens", window: "minute", limit: limits.tokensPerMinute, isEstimate: true });
  }
  if (limits.maxConcurrency !== null) claims.push({ unit: "requests", window: "open", limit: limits.maxConcurrency });
  return claims;
}
