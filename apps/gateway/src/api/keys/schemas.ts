import { wires } from "@copilot-llm/model";
import { byBudgetCount, byLimitName, keyBudgets, limitPeriods } from "@copilot-llm/quota";
import { z } from "@hono/zod-openapi";
import { closedObject } from "../route/closed-object.js";
import {
  alias,
  amount,
  anyTime,
  count,
  id,
  line,
  modelId,
  nullableTime,
  recordingMode,
  searchText,
  time,
  wholeNumber,
} from "../route/fields.js";

const limit = z.number().positive().nullable();
const wholeLimit = z.number().int().positive().nullable();

const budgetNames = keyBudgets.map(({ name }) => `\`${name}\``).join(", ");

/** What a key is allowed, and so what the defaults for new keys consist of. */
export const keyAllowance = {
  allowed_models: z
    .array(modelId)
    .min(1)
    .max(500)
    .nullable()
    .describe("Model ids, in which `*` stands for any characters and `?` for one; null allows every model."),
  ...byLimitName(({ isWhole, meaning }) => (isWhole ? wholeLimit : limit).describe(`${meaning}; null for no limit.`)),
  limit_period: z.enum(limitPeriods).describe(`How long ${budgetNames} last. Days and months are those of UTC.`),
  recording: recordingMode
    .nullable()
    .describe(
      "How much is recorded of the key's requests, where that is less than the settings say; null for what they say.",
    ),
};

export type KeyAllowance = z.infer<z.ZodObject<typeof keyAllowance>>;

const keySettings = {
  ...keyAllowance,
  alias,
  enabled: z.boolean(),
  note: z.string().trim().max(1_000).describe("What is to be remembered of the key."),
  expires_at: anyTime.nullable().describe("When the key stops working; null for never."),
  github_token_ids: z
    .array(id)
    .min(1)
    .max(1_000)
    .nullable()
    .describe("The only GitHub tokens that may serve the key; null for any."),
  team_id: z.string().min(1).nullable().describe("The team whose limits hold as well; null for none."),
};

export const createApiKeyBody = closedObject(keySettings).partial().required({ alias: true }).openapi("CreateApiKey");

export const updateApiKeyBody = closedObject(keySettings).partial().openapi("UpdateApiKey");

export const rotateApiKeyQuery = z.object({
  overlap_until: anyTime
    .optional()
    .describe("Until then, 30 days at most, the old value works as well; left out, it stops working at once."),
});

export const testApiKeyBody = closedObject({
  protocol: z.enum(wires),
  model: modelId,
  stream: z.boolean().default(true),
}).openapi("TestApiKey");

export const apiKeyView = z
  .object({
    ...keySettings,
    id: z.string(),
    key_preview: z.string().describe("The key's first 12 characters."),
    created_at: time,
    created_by: z.string().nullable().describe("The username of who made it."),
    last_client: z
      .string()
      .nullable()
      .describe("The user agent of its last request, as far as this gateway has seen one since its start."),
    expires_at: nullableTime,
    ...byBudgetCount(({ isWhole, noun }) =>
      (isWhole ? count : amount).describe(`How many ${noun} are used in the current period.`),
    ),
    last_used_at: nullableTime,
    seat_token_id: z
      .string()
      .nullable()
      .describe("The GitHub token that the key's holder brought by an invitation; null for none."),
    previous_value_until: nullableTime.describe("Until when the value before the present one works as well."),
    state: z
      .enum(["active", "limited", "expired", "disabled"])
      .describe("Whether the key can be used now. `limited`: a budget is used up."),
    limited_by: z
      .enum(keyBudgets.map(({ name }) => name))
      .nullable()
      .describe("The budget that is used up."),
    resets_at: nullableTime.describe("When that budget counts from zero again; null where it never does."),
  })
  .openapi("ApiKey");

const keyOrders = ["created_at", "alias", "last_used_at", "expires_at", "current_requests", "usage"] as const;

export const apiKeyQuery = z.object({
  limit: wholeNumber(1, 500).optional().describe("Left out, every key that matches is answered."),
  cursor: line.min(1).max(1_000).optional().describe("`next_cursor` of the page before, with the same `sort`."),
  q: searchText.optional().describe("Text that occurs in the name, the preview, the id or the note, in any case."),
  state: z
    .enum(["active", "limited", "expiring", "expired", "disabled", "unused"])
    .optional()
    .describe("A state; or `expiring`: works for 7 days at most, `unused`: has never been used."),
  model: modelId.optional().describe("A model's id: only keys that may use it."),
  token: id.optional().describe("A GitHub token's id: only keys that it may serve."),
  team: id.optional().describe("A team's id: only its keys."),
  sort: z
    .enum([...keyOrders, ...keyOrders.map((order) => `-${order}` as const)])
    .default("created_at")
    .describe(
      "What the keys are ordered by; with `-` the other way round. No time comes before any time. `usage`: how much is used of the budget that will be used up first.",
    ),
});

export const apiKeyList = z
  .object({
    keys: z.array(apiKeyView),
    total: count.describe("How many keys match, on all pages."),
    next_cursor: z.string().nullable(),
  })
  .openapi("ApiKeyList");
export const createdApiKey = apiKeyView
  .extend({ key: z.string().describe("The key's value, shown this once.") })
  .openapi("CreatedApiKey");

export type ApiKeyView = z.infer<typeof apiKeyView>;
export type ApiKeyQuery = z.output<typeof apiKeyQuery>;
export type ApiKeyList = z.infer<typeof apiKeyList>;
export type TestApiKeyBody = z.input<typeof testApiKeyBody>;
export type CreateApiKeyBody = z.input<typeof createApiKeyBody>;
export type UpdateApiKeyBody = z.input<typeof updateApiKeyBody>;
export type CreatedApiKey = z.infer<typeof createdApiKey>;
