import { upstreamFailureKinds } from "@copilot-llm/model";
import { z } from "@hono/zod-openapi";
import { closedObject } from "../route/closed-object.js";
import { alias, amount, count, nullableTime, orNull, time } from "../route/fields.js";

export const tokenStatus = z.enum(["checking", "active", "cooling", "exhausted", "auth_failed", "disabled"]);

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

export const githubTokenView = z
  .object({
    id: z.string(),
    alias: z.string(),
    token_preview: z.string().describe("The first 10 and last 4 characters; of an installation, which one it is."),
    kind: z.enum(["user", "app_installation", "logged_in_user"]),
    enabled: z.boolean(),
    status: tokenStatus,
    error_message: z.string().nullable(),
    reason_code: z
      .enum(upstreamFailureKinds)
      .nullable()
      .describe("What kind of failure is behind the status; null where none is, or it is not known."),
    warning: z.string().nullable().describe("Something an admin should know although the token works."),
    login: z.string().nullable(),
    plan: z.string().nullable(),
    billing_entity: z
      .string()
      .describe("Who pays: tokens that name the same (without regard to case) share one quota, which counts once."),
    billing_entity_source: z
      .enum(["admin", "organization", "account"])
      .describe(
        "Who says so: an admin, the account as a seat of an organisation, or nobody: the account pays for itself.",
      ),
    total_requests: count,
    premium_requests: amount,
    credits_used: amount.describe("How many AI credits its requests have cost."),
    errors_24h: count.describe("Requests that failed on it in the last 24 hours, by whole hours."),
    premium_quota_limit: z.number().nullable(),
    premium_quota_used: z.number().nullable(),
    premium_quota_reset: nullableTime,
    unit: z
      .enum(["premium_requests", "credits"])
      .nullable()
      .describe("What the three figures above count. Never add up figures of different units."),
    windows: z
      .object({ session: orNull(quotaBucket), weekly: orNull(quotaBucket) })
      .describe("The account's usage windows as last seen; null for one that the service has not told of."),
    running: count.describe("Requests that the token serves now."),
    resting_models: z
      .array(z.object({ model: z.string(), until: time, reason: z.string() }))
      .describe("Models that rest on this token although it serves others."),
    models_excluded: z
      .array(z.object({ id: z.string(), reason: z.enum(["policy", "not_offered"]) }))
      .describe(
        "Models that other tokens of the pool have and this one lacks: `policy` is a switch of its account's. None while it serves nothing.",
      ),
    cooling_until: nullableTime,
    last_used_at: nullableTime,
    created_at: time,
  })
  .openapi("GithubToken");

export const githubTokenList = z
  .object({ tokens: z.array(githubTokenView), total: count, active: count })
  .openapi("GithubTokenList");

const token = z.string().trim().min(10).max(1000);
const privateKey = z.string().trim().min(1).max(20_000);
const numericId = z
  .union(
    [
      z
        .string()
        .trim()
        .regex(/^\d{1,20}$/),
      z.int().positive(),
    ],
    { error: "must be a number" },
  )
  .transform(String);
/** GitHub takes the client id in place of the number. */
const appId = z
  .union(
    [
      z
        .string()
        .trim()
        .regex(/^[\w.]{1,100}$/),
      z.int().positive(),
    ],
    { error: "must be the App's number or its client id" },
  )
  .transform(String);

const pastedToken = closedObject({ kind: z.literal("user").optional(), alias, enabled: z.boolean().optional(), token });

const appInstallation = closedObject({
  kind: z.literal("app_installation"),
  alias,
  enabled: z.boolean().optional(),
  app_id: appId,
  installation_id: numericId,
  private_key: privateKey.describe("PEM, as GitHub gives it out for the App."),
});

export const createGithubTokenBody = z
  .discriminatedUnion("kind", [pastedToken, appInstallation])
  .openapi("CreateGithubToken");

export const updateGithubTokenBody = closedObject({
  alias,
  token,
  private_key: privateKey,
  enabled: z.boolean(),
  billing_entity: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .nullable()
    .describe("Who pays, where the account's own answer does not tell it right. Null: as the account says."),
})
  .partial()
  .openapi("UpdateGithubToken");

export const startDeviceSignInBody = closedObject({ alias }).openapi("StartDeviceSignIn");

export const deviceSignInStart = z
  .object({
    id: z.string(),
    user_code: z.string().describe("What the person types at `verification_uri`."),
    verification_uri: z.string(),
    expires_in: count.describe("Seconds."),
    interval: z
      .number()
      .positive()
      .describe("Seconds between two checks by the gateway; asking more often does no harm."),
  })
  .openapi("DeviceSignInStart");

export const deviceSignInStatus = z
  .object({
    id: z.string(),
    status: z.enum(["pending", "complete", "expired", "denied", "failed"]),
    token: githubTokenView.optional(),
    error_message: z.string().nullable(),
  })
  .openapi("DeviceSignInStatus");

export const githubTokenQuota = z
  .object({ id: z.string(), alias: z.string(), quotas: z.array(quotaBucket) })
  .openapi("GithubTokenQuota");

export const githubTokenQuotas = z.object({ quotas: z.array(githubTokenQuota) }).openapi("GithubTokenQuotas");

export type TokenStatus = z.infer<typeof tokenStatus>;
export type GithubTokenView = z.infer<typeof githubTokenView>;
export type GithubTokenList = z.infer<typeof githubTokenList>;
export type CreateGithubTokenBody = z.input<typeof createGithubTokenBody>;
export type UpdateGithubTokenBody = z.input<typeof updateGithubTokenBody>;
export type StartDeviceSignInBody = z.input<typeof startDeviceSignInBody>;
export type DeviceSignInStart = z.infer<typeof deviceSignInStart>;
export type DeviceSignInStatus = z.infer<typeof deviceSignInStatus>;
export type QuotaBucket = z.infer<typeof quotaBucket>;
export type GithubTokenQuota = z.infer<typeof githubTokenQuota>;
export type GithubTokenQuotas = z.infer<typeof githubTokenQuotas>;
