import { type KeyDefaults, nanoAiuPerCredit } from "@copilot-llm/model";
import type { IssuedKey, KeyView } from "@copilot-llm/provider";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import type { ApiKeyView, CreatedApiKey, KeyAllowance } from "./schemas.js";

export function encodeKeyView({ key, usage }: KeyView): ApiKeyView {
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
  };
}

/** With its value: the one time it is shown. */
export function encodeIssuedKey(issued: IssuedKey): CreatedApiKey {
  return { ...encodeKeyView(issued), key: issued.value.reveal() };
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
