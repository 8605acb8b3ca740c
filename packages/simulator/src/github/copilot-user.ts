import type { Account } from "../accounts/account.js";
import type { QuotaSnapshot } from "../accounts/quota.js";
import type { JsonObject } from "../json-value.js";

/** `GET /copilot_internal/user`. `quota_reset_at` inside the snapshots is unix seconds: the SDK runtime refuses text. */
export function copilotUserBody(
  account: Account,
  snapshots: Readonly<Record<string, QuotaSnapshot>>,
  url: string,
): JsonObject {
  const resetAt = new Date(account.quotaResetAtMs).toISOString();
  return {
    login: account.login,
    access_type_sku: accessSku(account),
    analytics_tracking_id: `tracking-${account.login}`,
    assigned_date: null,
    can_signup_for_limited: false,
    chat_enabled: true,
    copilot_plan: account.plan,
    copilotignore_enabled: false,
    endpoints: endpoints(url),
    organization_login_list: account.organizations,
    organization_list: account.organizations.map((login) => ({ login, name: login })),
    codex_agent_enabled: true,
    is_mcp_enabled: true,
    quota_reset_date: resetAt.slice(0, 10),
    quota_reset_date_utc: resetAt,
    quota_snapshots: snapshots,
    token_based_billing: account.billing === "credits",
    restricted_telemetry: true,
  };
}

/** `GET /copilot_internal/v2/token`. */
export function copilotTokenBody(
  account: Account,
  snapshots: Readonly<Record<string, QuotaSnapshot>>,
  tokenId: string,
  expiresAtMs: number,
  url: string,
): JsonObject {
  const expiresAt = Math.floor(expiresAtMs / 1000);
  const sku = accessSku(account);
  const limited = account.plan === "free";
  return {
    token: `${tokenId};exp=${expiresAt};sku=${sku};proxy-ep=127.0.0.1`,
    expires_at: expiresAt,
    refresh_in: 1500,
    sku,
    individual: account.organizations.length === 0,
    chat_enabled: true,
    blackbird_clientside_indexing: false,
    code_quote_enabled: false,
    code_review_enabled: false,
    codesearch: false,
    copilotignore_enabled: false,
    public_suggestions: "disabled",
    telemetry: "disabled",
    vsc_electron_fetcher_v2: false,
    endpoints: endpoints(url),
    organization_list: account.organizations,
    enterprise_list: [],
    limited_user_quotas: limited
      ? { chat: snapshots.chat?.remaining, completions: snapshots.completions?.remaining }
      : null,
    limited_user_reset_date: limited ? Math.floor(account.quotaResetAtMs / 1000) : null,
  };
}

/** The 403 of an account without Copilot. */
export function noCopilotBody(notificationId: string): JsonObject {
  const message = "You do not have access to GitHub Copilot.";
  return {
    can_signup_for_limited: false,
    error_details: {
      url: "https://github.com/settings/copilot",
      message,
      title: "No access to GitHub Copilot",
      notification_id: notificationId,
    },
    message,
  };
}

function accessSku(account: Account): string {
  const skus = {
    free: "free_limited_copilot",
    individual: "monthly_subscriber",
    individual_pro: "plus_monthly_subscriber",
    individual_max: "max_monthly_subscriber",
    business: "copilot_for_business_seat",
    enterprise: "copilot_enterprise_seat",
  } as const;
  return skus[account.plan];
}

function endpoints(url: string): JsonObject {
  return { api: url, proxy: url, telemetry: url, "origin-tracker": url };
}
