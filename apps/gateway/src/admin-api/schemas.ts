import { z } from "@hono/zod-openapi";

/** ISO 8601 UTC, as every time in our own routes. */
const time = z.iso.datetime();
const nullableTime = time.nullable();
const count = z.number().int().nonnegative();
const limit = z.number().positive().nullable();
const wholeLimit = z.number().int().positive().nullable();
const alias = z.string().trim().min(1).max(100);

export const apiErrorBody = z
  .object({ error: z.object({ code: z.string(), message: z.string(), request_id: z.string() }) })
  .openapi("ApiError");

export const authStatus = z
  .object({
    setup_required: z.boolean(),
    authenticated: z.boolean(),
    username: z.string().nullable(),
    role: z.enum(["admin", "viewer"]).nullable(),
    version: z.string(),
  })
  .openapi("AuthStatus");

export const me = z.object({ username: z.string(), role: z.enum(["admin", "viewer"]) }).openapi("Me");

const username = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .regex(/^[\w.@-]+$/u, "letters, digits and . _ @ - only");
const newPassword = z.string().min(8, "at least 8 characters").max(256);

export const setupBody = z.object({ username, password: newPassword, setup_code: z.string().min(1) }).openapi("Setup");
export const loginBody = z
  .object({ username: z.string().min(1).max(64), password: z.string().min(1).max(256) })
  .openapi("Login");
export const loginResult = z.object({ token: z.string(), username: z.string() }).openapi("LoginResult");

export const tokenStatus = z.enum(["checking", "active", "cooling", "exhausted", "auth_failed", "disabled"]);

export const githubTokenView = z
  .object({
    id: z.string(),
    alias: z.string(),
    /** First 10 and last 4 characters. */
    token_preview: z.string(),
    kind: z.enum(["user", "app_installation", "logged_in_user"]),
    enabled: z.boolean(),
    status: tokenStatus,
    error_message: z.string().nullable(),
    /** Something an admin should know though the token works. */
    warning: z.string().nullable(),
    login: z.string().nullable(),
    plan: z.string().nullable(),
    total_requests: count,
    premium_requests: z.number().nonnegative(),
    premium_quota_limit: z.number().nullable(),
    premium_quota_used: z.number().nullable(),
    premium_quota_reset: nullableTime,
    cooling_until: nullableTime,
    last_used_at: nullableTime,
    created_at: time,
  })
  .openapi("GithubToken");

export const githubTokenList = z
  .object({ tokens: z.array(githubTokenView), total: count, active: count })
  .openapi("GithubTokenList");

export const createGithubTokenBody = z
  .object({ alias, token: z.string().trim().min(10).max(1000), enabled: z.boolean().optional() })
  .openapi("CreateGithubToken");

export const updateGithubTokenBody = z
  .object({ alias, token: z.string().trim().min(10).max(1000), enabled: z.boolean() })
  .partial()
  .openapi("UpdateGithubToken");

export const quotaBucket = z
  .object({
    bucket: z.string(),
    entitlement: z.number().nullable(),
    remaining: z.number().nullable(),
    used: z.number().nullable(),
    unlimited: z.boolean(),
    overage_permitted: z.boolean(),
    overage_count: z.number(),
    has_quota: z.boolean(),
    reset_at: nullableTime,
    seen_at: time,
  })
  .openapi("QuotaBucket");

export const githubTokenQuota = z
  .object({ id: z.string(), alias: z.string(), quotas: z.array(quotaBucket) })
  .openapi("GithubTokenQuota");

export const githubTokenQuotas = z.object({ quotas: z.array(githubTokenQuota) }).openapi("GithubTokenQuotas");

const keySettings = {
  alias,
  allowed_models: z.array(z.string().trim().min(1)).min(1).nullable(),
  max_requests: wholeLimit,
  max_premium_requests: limit,
  max_credits: limit,
  limit_period: z.enum(["lifetime", "day", "month"]),
  rpm: wholeLimit,
  tpm: wholeLimit,
  max_concurrency: wholeLimit,
  expires_at: z.iso.datetime({ offset: true }).nullable(),
  github_token_ids: z.array(z.string().min(1)).min(1).nullable(),
  recording: z.enum(["full", "metadata", "off"]).nullable(),
};

export const createApiKeyBody = z
  .object({ ...keySettings, enabled: z.boolean() })
  .partial()
  .required({ alias: true })
  .openapi("CreateApiKey");

export const updateApiKeyBody = z
  .object({ ...keySettings, enabled: z.boolean() })
  .partial()
  .openapi("UpdateApiKey");

export const apiKeyView = z
  .object({
    ...keySettings,
    id: z.string(),
    /** The first 12 characters. */
    key_preview: z.string(),
    enabled: z.boolean(),
    created_at: time,
    expires_at: nullableTime,
    /** Usage in the key's period. */
    current_requests: count,
    current_premium_requests: z.number().nonnegative(),
    current_credits: z.number().nonnegative(),
    last_used_at: nullableTime,
  })
  .openapi("ApiKey");

export const apiKeyList = z.object({ keys: z.array(apiKeyView) }).openapi("ApiKeyList");
export const createdApiKey = apiKeyView.extend({ key: z.string() }).openapi("CreatedApiKey");
