import * as z from "zod";

const bucketSchema = z.object({
  bucket: z.string().describe("premium_interactions, chat, completions or another bucket of GitHub's"),
  unlimited: z.boolean(),
  entitlement: z.number().nullable().describe("Units per period; null when unlimited or unknown"),
  remaining: z.number().nullable().describe("Null when unlimited or unknown"),
  overage_permitted: z.boolean().describe("True when requests beyond the entitlement are served, at extra cost"),
  resets_at: z.string().nullable().describe("ISO 8601, UTC; the earliest reset where several accounts count together"),
});

/** How much is left: what `get_quota` and `quota://pool` show. */
export const quotaSchema = z.object({
  pool: z
    .object({
      accounts: z.number().int().describe("Copilot accounts that may serve you"),
      active: z.number().int().describe("Those among them that can serve now"),
      buckets: z.array(bucketSchema),
    })
    .describe("All accounts together, as last seen"),
  accounts: z
    .array(
      z.object({
        alias: z.string(),
        login: z.string().nullable(),
        plan: z.string().nullable(),
        status: z.string(),
        problem: z.string().nullable(),
        buckets: z.array(bucketSchema),
      }),
    )
    .describe("Each account, where you may see them one by one; else empty"),
  key: z
    .object({
      alias: z.string(),
      limit_period: z.string().describe("lifetime, day or month (UTC): what `used` counts over"),
      limits: z.array(
        z.object({
          limit: z.string(),
          max: z.number(),
          used: z.number().nullable().describe("Null for rates and concurrency"),
        }),
      ),
    })
    .nullable()
    .describe("The limits of your API key; null where there is no key"),
});

export type Quota = z.infer<typeof quotaSchema>;
export type QuotaBucket = z.infer<typeof bucketSchema>;
export type QuotaAccount = Quota["accounts"][number];
