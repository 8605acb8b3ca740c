import { z } from "@hono/zod-openapi";
import { amount, count, moment } from "../route/fields.js";

export const statsQuery = z.object({
  from: moment.optional().describe("Inclusive; 30 days before `to` unless given. Hours are counted as a whole."),
  to: moment.optional().describe("Exclusive; now unless given."),
  group_by: z.enum(["model", "key", "token", "day", "hour"]).default("day"),
});

const figures = {
  requests: count,
  errors: count,
  input_tokens: count,
  output_tokens: count,
  cache_read_tokens: count,
  cache_write_tokens: count,
  reasoning_tokens: count,
  premium_units: amount,
  nano_aiu: amount,
  latency_p50_ms: amount.nullable(),
  latency_p95_ms: amount.nullable(),
  ttft_p50_ms: amount.nullable(),
};

const statsRow = z
  .object({
    group: z
      .string()
      .nullable()
      .describe("A model's, key's or token's id, a day or an hour; null for requests that got no model or token."),
    label: z.string().nullable().describe("The alias of a key or token; otherwise the group."),
    ...figures,
  })
  .openapi("StatsRow");

export const stats = z.object({ totals: z.object(figures), rows: z.array(statsRow) }).openapi("Stats");

export type Stats = z.infer<typeof stats>;
export type StatsRow = z.infer<typeof statsRow>;
export type StatsQuery = z.input<typeof statsQuery>;
