import type { ApiKey, KeyLimits, LimitClaim, Team } from "@copilot-llm/model";
import { type KeyLimit, keyLimits } from "./key-limits.js";
import { chargedAmount } from "./limit-amount.js";

/** What a request must be granted, one claim per limit of the key; empty for a key without limits. */
export function limitClaims({ limits }: ApiKey): readonly LimitClaim[] {
  return claimsOf(limits);
}

/** And one per limit of its team. */
export function teamClaims({ limits }: Team): readonly LimitClaim[] {
  return claimsOf(limits).map((claim) => ({ ...claim, isOfTeam: true }));
}

function claimsOf(limits: KeyLimits): readonly LimitClaim[] {
  return keyLimits.flatMap(({ field, unit, window, isEstimate }) => {
    const limit = limits[field];
    if (limit === null) return [];
    const claim: LimitClaim = {
      unit,
      window: window === "period" ? limits.limitPeriod : window,
      limit: chargedAmount(unit, limit),
    };
    return [isEstimate ? { ...claim, isEstimate } : claim];
  });
}

/** The limit that the claim was made of. */
export function limitOfClaim({ unit, window }: LimitClaim): KeyLimit {
  const isRate = window === "minute" || window === "open";
  const found = keyLimits.find((limit) => limit.unit === unit && limit.window === (isRate ? window : "period"));
  if (found === undefined) throw new Error(`no limit counts ${unit} over ${window}`);
  return found;
}
