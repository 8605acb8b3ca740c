import { z } from "@hono/zod-openapi";

const tier = { input: z.number(), output: z.number(), cache_read: z.number(), cache_write: z.number() };

/** AI credits per million tokens. */
const tokenPrices = z.object({
  unit: z.string(),
  ...tier,
  long_context: z.object({ above_input_tokens: z.number(), ...tier }).nullable(),
});

export const modelView = z
  .object({
    id: z.string(),
    name: z.string(),
    vendor: z.string(),
    preview: z.boolean(),
    billing_multiplier: z.number().nullable(),
    is_premium: z.boolean(),
    token_prices: tokenPrices.nullable(),
    context_window: z.number().nullable(),
    max_output_tokens: z.number().nullable(),
    capabilities: z.record(z.string(), z.unknown()),
    supported_endpoints: z.array(z.string()),
    /** Configured names for it. */
    aliases: z.array(z.string()),
    /** What serves in its stead when no token can. */
    fallbacks: z.array(z.string()),
    /** The pooled tokens that have it. */
    tokens: z.array(z.object({ id: z.string(), alias: z.string() })),
  })
  .openapi("ModelOverview");

export const modelOverviewList = z.object({ models: z.array(modelView) }).openapi("ModelOverviewList");

export type ModelOverview = z.infer<typeof modelView>;
export type ModelOverviewList = z.infer<typeof modelOverviewList>;
