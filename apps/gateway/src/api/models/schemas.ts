import { z } from "@hono/zod-openapi";

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
    capabilities: z.record(z.string(), z.unknown()),
    supported_endpoints: z.array(z.string()),
    aliases: z.array(z.string()).describe("The configured names for the model."),
    fallbacks: z
      .array(z.string())
      .describe("The models that serve in its stead, in this order, when no token can serve it."),
    tokens: z.array(z.object({ id: z.string(), alias: z.string() })).describe("The pooled tokens that have the model."),
  })
  .openapi("ModelOverview");

export const modelOverviewList = z.object({ models: z.array(modelView) }).openapi("ModelOverviewList");

export type ModelOverview = z.infer<typeof modelView>;
export type ModelOverviewList = z.infer<typeof modelOverviewList>;
