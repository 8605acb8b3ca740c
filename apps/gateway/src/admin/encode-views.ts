import type { KeyDefaults, QuotaSnapshot, User } from "@copilot-llm/model";
import type { KeyView, TokenView } from "@copilot-llm/provider";
import type {
  ApiKeyView,
  GithubTokenView,
  KeyDefaults as KeyDefaultsView,
  QuotaBucket,
  UserView,
} from "../admin-api/index.js";
import { encodeNullableTime, encodeTime } from "../http/encode-time.js";

const nanoAiuPerCredit = 1e9;

export function encodeTokenView(view: TokenView): GithubTokenView {
  const { token, state, facts, totals, premiumQuota } = view;
  return {
    id: token.id,
    alias: token.alias,
    token_preview: view.preview,
    kind: token.kind,
    enabled: token.enabled,
    status: state.status,
    error_message: "reason" in state ? state.reason : facts.problem,
    warning: facts.warning,
    login: token.login,
    plan: token.plan,
    total_requests: totals?.requests ?? 0,
    premium_requests: totals?.premiumUnits ?? 0,
    premium_quota_limit: premiumQuota?.entitlement ?? null,
    premium_quota_used: premiumQuota === null ? null : usedOf(premiumQuota),
    premium_quota_reset: encodeNullableTime(premiumQuota?.resetAtMs ?? null),
    cooling_until:
      state.status === "cooling" || state.status === "exhausted" ? encodeNullableTime(state.untilMs) : null,
    last_used_at: encodeNullableTime(totals?.lastUsedAtMs ?? null),
    created_at: encodeTime(token.createdAtMs),
  };
}

export function encodeQuota(quota: QuotaSnapshot): QuotaBucket {
  return {
    bucket: quota.bucket,
    entitlement: quota.entitlement,
    remaining: quota.remaining,
    used: usedOf(quota),
    unlimited: quota.unlimited,
    overage_permitted: quota.overagePermitted,
    overage_count: quota.overageCount,
    has_quota: quota.hasQuota,
    reset_at: encodeNullableTime(quota.resetAtMs),
    seen_at: encodeTime(quota.seenAtMs),
  };
}

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

/** What a key and the defaults for new keys have in common. */
export function encodeAllowance({ allowedModels, limits, recording }: KeyDefaults): KeyDefaultsView {
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

export function encodeUser({ id, username, role, createdAtMs }: User): UserView {
  return { id, username, role, created_at: encodeTime(createdAtMs) };
}

/** Null when the bucket is unlimited or unknown. */
function usedOf(quota: QuotaSnapshot): number | null {
  return quota.entitlement === null || quota.remaining === null ? null : quota.entitlement - quota.remaining;
}
