import { type KeyDefaults, nanoAiuPerCredit } from "@copilot-llm/model";
import { type IssuedKey, type KeyBudget, type KeyView, keyStanding } from "@copilot-llm/provider";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import type { ApiKeyView, CreatedApiKey, KeyAllowance } from "./schemas.js";

/** What the API calls a key's budgets. */
export const keyBudgetNames = {
  maxRequests: "max_requests",
  maxPremiumRequests: "max_premium_requests",
  maxCredits: "max_credits",
} as const satisfies Record<KeyBudget, keyof KeyAllowance>;

export function encodeKeyView({ key, usage }: KeyView, nowMs: number): ApiKeyView {
  const { state, limitedBy, resetsAtMs } = keyStanding(key, usage, nowMs);
  const current = usage?.[key.limits.limitPeriod];
  return {
    id: key.id,
    alias: key.alias,
    key_preview: key.keyPreview,
    enabled: key.enabled,
    created_at: encodeTime(key.createdAtMs),
    expires_at: encodeNullableTime(key.expiresAtMs),
    ...encodeAllowance(key),
    github_token_ids: key.githubTokenIds === null ? null : [...key.githubTokenIds],
    current_requests: current?.requests ?? 0,
    current_premium_requests: current?.premiumUnits ?? 0,
    current_credits: (current?.nanoAiu ?? 0) / nanoAiuPerCredit,
    last_used_at: encodeNullableTime(usage?.lastUsedAtMs ?? null),
    state,
    limited_by: limitedBy === null ? null : keyBudgetNames[limitedBy],
    resets_at: encodeNullableTime(resetsAtMs),
  };
}

/** With its value: the one time it is shown. */
export function encodeIssuedKey(issued: IssuedKey, nowMs: number): CreatedApiKey {
  return { ...encodeKeyView(issued, nowMs), key: issued.value.reveal() };
}

/** What a key and the defaults for new keys have in common. */
export function encodeAllowance({ allowedModels, limits, recording }: KeyDefaults): KeyAllowance {
  return {
    allowed_models: allowedModels === null ? null : [...allowedModels],
    max_requests: limits.maxRequests,
    max_premium_requests: limits.maxPremiumRequests,
    max_credits: limits.maxCredits,
    limit_period: limits.limitPeriod,
    rpm: limits.requestsPerMinute,
    tpm: limits.tokensPerMinute,
    max_concurrency: limits.maxConcurrency,
    recording,
  };
}
