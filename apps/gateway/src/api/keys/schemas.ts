import { z } from "@hono/zod-openapi";
import { alias, amount, anyTime, count, nullableTime, recordingMode, time } from "../route/fields.js";

const limit = z.number().positive().nullable();
const wholeLimit = z.number().int().positive().nullable();

/** What a key is allowed, and so what the defaults for new keys consist of. */
export const keyAllowance = {
  allowed_models: z.array(z.string().trim().min(1)).min(1).nullable(),
  max_requests: wholeLimit,
  max_premium_requests: limit,
  max_credits: limit,
  limit_period: z.enum(["lifetime", "day", "month"]),
  rpm: wholeLimit,
  tpm: wholeLimit,
  max_concurrency: wholeLimit,
  recording: recordingMode.nullable(),
};

export type KeyAllowance = z.infer<z.ZodObject<typeof keyAllowance>>;

const keySettings = {
  ...keyAllowance,
  alias,
  enabled: z.boolean(),
  expires_at: anyTime.nullable(),
  github_token_ids: z.array(z.string().min(1)).min(1).nullable(),
};

export const createApiKeyBody = z.object(keySettings).partial().required({ alias: true }).openapi("CreateApiKey");

export const updateApiKeyBody = z.object(keySettings).partial().openapi("UpdateApiKey");

export const apiKeyView = z
  .object({
    ...keySettings,
    id: z.string(),
    /** The first 12 characters. */
    key_preview: z.string(),
    created_at: time,
    expires_at: nullableTime,
    /** Usage in the key's period. */
    current_requests: count,
    current_premium_requests: amount,
    current_credits: amount,
    last_used_at: nullableTime,
  })
  .openapi("ApiKey");

export const apiKeyList = z.object({ keys: z.array(apiKeyView) }).openapi("ApiKeyList");
export const createdApiKey = apiKeyView.extend({ key: z.string() }).openapi("CreatedApiKey");

export type ApiKeyView = z.infer<typeof apiKeyView>;
export type ApiKeyList = z.infer<typeof apiKeyList>;
export type CreateApiKeyBody = z.input<typeof createApiKeyBody>;
export type UpdateApiKeyBody = z.input<typeof updateApiKeyBody>;
export type CreatedApiKey = z.infer<typeof createdApiKey>;
