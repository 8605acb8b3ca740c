import type { QuotaSnapshot } from "@copilot-llm/model";
import type { TokenInsight, TokenQuota, TokenView } from "@copilot-llm/provider";
import { encodeNullableTime, encodeTime } from "../../http/encode-time.js";
import type { GithubTokenList, GithubTokenQuota, GithubTokenView, QuotaBucket } from "./schemas.js";

/** By token id. */
type Insights = ReadonlyMap<string, TokenInsight>;

export function encodeTokenList(views: readonly TokenView[], insights: Insights): GithubTokenList {
  const tokens = views.map((view) => encodeTokenView(view, insights));
  return { tokens, total: tokens.length, active: tokens.filter(({ status }) => status === "active").length };
}

export function encodeTokenView(view: TokenView, insights: Insights): GithubTokenView {
  const insight = insights.get(view.token.id);
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
    premium_quota_limit: premiumQuota?.entitlement ?? null,
    premium_quota_used: premiumQuota === null ? null : usedOf(premiumQuota),
    premium_quota_reset: encodeNullableTime(premiumQuota?.resetAtMs ?? null),
    unit: insight?.unit ?? null,
    running: insight?.running ?? 0,
    resting_models: (insight?.restingModels ?? []).map(({ modelId, untilMs, reason }) => ({
      model: modelId,
      until: encodeTime(untilMs),
      reason,
    })),
    cooling_until:
      state.status === "cooling" || state.status === "exhausted" ? encodeNullableTime(state.untilMs) : null,
    last_used_at: encodeNullableTime(totals?.lastUsedAtMs ?? null),
    created_at: encodeTime(token.createdAtMs),
  };
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
