import type { KeyLimits } from "@copilot-llm/model";
import type { KeyChanges, KeySettings } from "@copilot-llm/provider";
import type { CreateApiKeyBody, UpdateApiKeyBody } from "../admin-api/index.js";

const unlimited: KeyLimits = {
  maxRequests: null,
  maxPremiumRequests: null,
  maxCredits: null,
  limitPeriod: "lifetime",
  requestsPerMinute: null,
  tokensPerMinute: null,
  maxConcurrency: null,
};

const defaults: Omit<KeySettings, "alias"> = {
  enabled: true,
  allowedModels: null,
  githubTokenIds: null,
  limits: unlimited,
  expiresAtMs: null,
  recording: null,
};

/** A new key's settings; what is left out is unlimited. */
export function decodeNewKey(body: CreateApiKeyBody): KeySettings {
  const { limits, ...rest } = decodeKeyChanges(body);
  return { ...defaults, ...rest, alias: body.alias, limits: { ...unlimited, ...limits } };
}

/** What is left out stays as it is; null lifts a limit. */
export function decodeKeyChanges(body: UpdateApiKeyBody): KeyChanges {
  const limits: Partial<KeyLimits> = withoutUndefined({
    maxRequests: body.max_requests,
    maxPremiumRequests: body.max_premium_requests,
    maxCredits: body.max_credits,
    limitPeriod: body.limit_period,
    requestsPerMinute: body.rpm,
    tokensPerMinute: body.tpm,
    maxConcurrency: body.max_concurrency,
  });
  const changes: KeyChanges = withoutUndefined({
    alias: body.alias,
    enabled: body.enabled,
    allowedModels: body.allowed_models,
    githubTokenIds: body.github_token_ids,
    expiresAtMs: typeof body.expires_at === "string" ? Date.parse(body.expires_at) : body.expires_at,
    recording: body.recording,
  });
  return Object.keys(limits).length === 0 ? changes : { ...changes, limits };
}

type Defined<Shape> = { [Key in keyof Shape]?: Exclude<Shape[Key], undefined> };

function withoutUndefined<Shape extends object>(shape: Shape): Defined<Shape> {
  return Object.fromEntries(Object.entries(shape).filter(([, value]) => value !== undefined)) as Defined<Shape>;
}
