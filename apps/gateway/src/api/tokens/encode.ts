import { type QuotaSnapshot, weeklyBucket } from "@copilot-llm/model";
import type { TokenInsight, TokenQuota, TokenView } from "@copilot-llm/provider";
import { limitAmount } from "@copilot-llm/quota";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import type { GithubTokenList, GithubTokenQuota, GithubTokenView, QuotaBucket } from "./schemas.js";
import type { TokenSurroundings } from "./token-surroundings.js";

const sessionBucket = "session";

export function encodeTokenList(views: readonly TokenView[], surroundings: TokenSurroundings): GithubTokenList {
  const tokens = views.map((view) => encodeTokenView(view, surroundings));
  return { tokens, total: tokens.length, active: tokens.filter(({ status }) => status === "active").length };
}

export function encodeTokenView(view: TokenView, surroundings: TokenSurroundings): GithubTokenView {
  const insight = surroundings.insights.get(view.token.id);
  const { token, state, facts, payer, totals, premiumQuota } = view;
  return {
    id: token.id,
    alias: token.alias,
    token_preview: view.preview,
    kind: token.kind,
    enabled: token.enabled,
    status: state.status,
    error_message: "reason" in state ? state.reason : facts.problem,
    reason_code: insight?.reasonCode ?? null,
    warning: facts.warning,
    login: token.login,
    plan: token.plan,
    billing_entity: payer.name,
    billing_entity_source: payer.source,
    total_requests: totals?.requests ?? 0,
    premium_requests: totals?.premiumUnits ?? 0,
    credits_used: limitAmount("nanoAiu", totals?.nanoAiu ?? 0),
    errors_24h: surroundings.recentErrors.get(token.id) ?? 0,
    premium_quota_limit: premiumQuota?.entitlement ?? null,
    premium_quota_used: premiumQuota === null ? null : usedOf(premiumQuota),
    premium_quota_reset: encodeNullableTime(premiumQuota?.resetAtMs ?? null),
    unit: insight?.unit ?? null,
    windows: { session: encodeWindow(insight, sessionBucket), weekly: encodeWindow(insight, weeklyBucket) },
    running: insight?.running ?? 0,
    resting_models: (insight?.restingModels ?? []).map(({ modelId, untilMs, reason }) => ({
      model: modelId,
      until: encodeTime(untilMs),
      reason,
    })),
    models_excluded: [...(surroundings.excludedModels.get(token.id) ?? [])],
    cooling_until:
      state.status === "cooling" || state.status === "exhausted" ? encodeNullableTime(state.untilMs) : null,
    last_used_at: encodeNullableTime(totals?.lastUsedAtMs ?? null),
    created_at: encodeTime(token.createdAtMs),
  };
}

function encodeWindow(insight: TokenInsight | undefined, bucket: string): QuotaBucket | null {
  const seen = insight?.quotas.find((quota) => quota.bucket === bucket);
  return seen === undefined ? null : encodeQuota(seen);
}

export function encodeTokenQuota({ token, quotas }: TokenQuota): GithubTokenQuota {
  return { id: token.id, alias: token.alias, quotas: quotas.map(encodeQuota) };
}

function encodeQuota(quota: QuotaSnapshot): QuotaBucket {
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

/** Null when the bucket is unlimited or unknown. */
function usedOf(quota: QuotaSnapshot): number | null {
  return quota.entitlement === null || quota.remaining === null ? null : quota.entitlement - quota.remaining;
}
