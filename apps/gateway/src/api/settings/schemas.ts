import { routingStrategies } from "@copilot-llm/model";
import { z } from "@hono/zod-openapi";
import { keyAllowance } from "../keys/schemas.js";
import { closedObject } from "../route/closed-object.js";
import { count, modelId, recordingMode } from "../route/fields.js";

const maxEntries = 500;

const tooMany = `must have at most ${maxEntries} entries`;

function isSmall(entries: object): boolean {
  return Object.keys(entries).length <= maxEntries;
}

const keyDefaults = z.object(keyAllowance).openapi("KeyDefaults");

const changeable = {
  routing_strategy: z
    .enum(routingStrategies)
    .describe(
      "Which token serves: turns, the most quota left, the first one, or the quota that would be lost soonest.",
    ),
  model_aliases: z
    .record(modelId, modelId)
    .refine(isSmall, tooMany)
    .describe("What a client may ask for -> the model that serves it."),
  model_fallbacks: z
    .record(modelId, z.array(modelId).min(1).max(10))
    .refine(isSmall, tooMany)
    .describe("A model -> what serves in its stead, in this order, when no token can serve it."),
  recording: recordingMode.nullable().describe("Null: as the start-up setting says."),
  recording_retention_days: z.int().min(0).max(36_500).nullable(),
  legacy_key_enabled: z.boolean(),
  viewers_see_prompts: z
    .boolean()
    .describe("Whether viewers see what was asked and answered; else only what requests cost and how they went."),
  holders_see_sessions: z
    .boolean()
    .describe("Whether whoever holds a key sees the sessions recorded of it, at `/api/me/sessions`."),
};

const mostBatchItems = 64;

const batchSettings = {
  enabled: z.boolean().describe("False: no batch is taken in, and none runs."),
  max_in_pool: z
    .int()
    .min(1)
    .max(mostBatchItems)
    .describe("Requests of batches under way at once, of all batches and on all gateways."),
  max_per_token: z.int().min(1).max(mostBatchItems).describe("Requests of batches under way at once on one token."),
  quiet_hours: z
    .array(z.int().min(0).max(23))
    .max(24)
    .transform((hours) => [...new Set(hours)].sort((one, other) => one - other))
    .describe("Hours of the day, UTC, in which no request of a batch begins."),
};

const batchSettingsView = z
  .object({
    ...batchSettings,
    quiet_hours: z.array(z.int()).describe("Hours of the day, UTC, in which no request of a batch begins."),
    note: z.string().describe("What an admin should know of GitHub's terms before turning batches on."),
  })
  .openapi("BatchSettings");

/** What the environment said at the start: it holds where a setting is null. */
export const startSettings = z
  .object({
    recording: recordingMode,
    recording_retention_days: count,
    legacy_key: z.boolean().describe("Whether `API_KEY` is set."),
    device_flow: z
      .boolean()
      .describe("Whether `GITHUB_OAUTH_CLIENT_ID` is set, so that tokens can be added by device flow."),
    variables: z
      .array(
        z.object({
          name: z.string().describe("As in the environment."),
          value: z.string().nullable().describe("What holds; null where nothing does, and of secrets always."),
          is_set: z.boolean().describe("Whether there is a value, which is all that is told of a secret."),
        }),
      )
      .describe(
        "The start-up settings one by one, for admins; but for `TRUST_PROXY`, the tokens and those of OpenTelemetry.",
      ),
  })
  .openapi("StartSettings");

export const settingsView = z
  .object({
    ...changeable,
    key_defaults: keyDefaults,
    batches: batchSettingsView,
    start_settings: startSettings,
    version: z
      .string()
      .describe("Changes with every change. Send it as `If-Match` so as to change just these settings."),
  })
  .openapi("Settings");

export const ifMatchHeader = z.object({
  "if-match": z.string().optional().describe("The `version` that the change is meant for, with or without quotes."),
});

export const updateSettingsBody = closedObject({
  ...changeable,
  key_defaults: closedObject(keyAllowance).partial(),
  batches: closedObject(batchSettings).partial(),
})
  .partial()
  .openapi("UpdateSettings");

export type KeyDefaults = z.infer<typeof keyDefaults>;
export type StartSettings = z.infer<typeof startSettings>;
export type SettingsView = z.infer<typeof settingsView>;
export type UpdateSettingsBody = z.input<typeof updateSettingsBody>;
