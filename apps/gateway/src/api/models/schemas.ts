import { z } from "@hono/zod-openapi";
import { modelId } from "../route/fields.js";

const tier = { input: z.number(), output: z.number(), cache_read: z.number(), cache_write: z.number() };

const tokenPrices = z.object({
  unit: z.string(),
  ...tier,
  long_context: z.object({ above_input_tokens: z.number(), ...tier }).nullable(),
});

const modelView = z
  .object({
    id: z.string(),
    name: z.string(),
    vendor: z.string(),
    preview: z.boolean(),
    billing_multiplier: z.number().nullable(),
    is_premium: z.boolean(),
    token_prices: tokenPrices.nullable().describe("AI credits per million tokens."),
    context_window: z.number().nullable(),
    max_output_tokens: z.number().nullable(),
    billing: z
      .array(
        z.object({
          unit: z.enum(["premium_requests", "credits"]).nullable().describe("Null: the model is free there."),
          multiplier: z.number().nullable().describe("Premium requests that one user turn costs."),
          prices: tokenPrices.nullable().describe("AI credits per million tokens."),
          token_ids: z.array(z.string()),
        }),
      )
      .describe("What it costs, for each way in which the tokens' accounts bill it."),
    warnings: z
      .array(z.object({ code: z.string().nullable(), message: z.string() }))
      .describe("What GitHub says of it."),
    capabilities: z.record(z.string(), z.unknown()),
    supported_endpoints: z.array(z.string()),
    aliases: z.array(z.string()).describe("The configured names for the model."),
    fallbacks: z
      .array(z.string())
      .describe("The models that serve in its stead, in this order, when no token can serve it."),
    tokens: z.array(z.object({ id: z.string(), alias: z.string() })).describe("The pooled tokens that have the model."),
    lacking_tokens: z
      .array(
        z.object({
          id: z.string(),
          alias: z.string(),
          reason: z.enum(["disabled", "checking", "auth_failed", "policy", "not_offered"]),
        }),
      )
      .describe("The pooled tokens that lack it, and why: `policy` is a switch of the account's."),
  })
  .openapi("ModelOverview");

export const modelOverviewList = z.object({ models: z.array(modelView) }).openapi("ModelOverviewList");

export const resolveModelQuery = z.object({ name: modelId.describe("What a client may ask for.") });

export const modelResolution = z
  .object({
    name: z.string(),
    model: z.string().nullable().describe("The id of the model that serves it; null where none does."),
    via: z.enum(["id", "alias", "spelling"]).nullable().describe("How the name leads to it."),
    alias_of: z
      .string()
      .nullable()
      .describe("What the settings say the name stands for, whether that model exists or not."),
    close_matches: z.array(z.string()).describe("Ids that may have been meant; none where the name leads somewhere."),
  })
  .openapi("ModelResolution");

export type ModelResolutionView = z.infer<typeof modelResolution>;
export type ModelOverview = z.infer<typeof modelView>;
export type ModelOverviewList = z.infer<typeof modelOverviewList>;
