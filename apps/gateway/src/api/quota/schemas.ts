import { z } from "@hono/zod-openapi";
import { amount, moment, nullableTime, orNull, time } from "../route/fields.js";

const unit = z
  .enum(["premium_requests", "credits"])
  .describe("What is counted. Figures of different units are never to be added up.");

const band = z
  .object({
    expected: amount,
    p10: amount.describe("Less than this has a chance of one in ten."),
    p90: amount.describe("More than this has a chance of one in ten."),
  })
  .openapi("ForecastBand");

const outlook = {
  entitlement: amount.nullable().describe("Units a period; null when unlimited or unknown."),
  used: z.number().nullable(),
  remaining: z.number().nullable().describe("Below zero where GitHub let it run over."),
  unlimited: z.boolean(),
  pace: z
    .array(amount)
    .length(168)
    .nullable()
    .describe(
      "Units used through the gateway in each hour of the week, Monday 00:00 UTC first, on average of the last four weeks; null with less than a day of history.",
    ),
  projected_used_at_reset: orNull(band),
  projected_waste: orNull(band).describe("What nobody will have used at the reset."),
  runs_out_at: nullableTime.describe("When nothing is left; null when that is not before the reset."),
};

const entityForecast = z
  .object({
    entity: z.string().describe("The id of who pays."),
    name: z.string(),
    token_ids: z.array(z.string()),
    unit: unit.nullable().describe("Null while nothing says what is counted."),
    reset_at: nullableTime,
    ...outlook,
    used_here: amount
      .nullable()
      .describe(
        "Of what was used since the last reset: through the gateways of this store. Null while no cycle is known.",
      ),
    used_elsewhere: amount.nullable().describe("The rest: in an editor, for example, or before the token was added."),
  })
  .openapi("EntityForecast");

const poolForecast = z
  .object({
    unit,
    reset_at: nullableTime.describe("The first reset of all."),
    ...outlook,
    least_waste: amount
      .nullable()
      .describe("What would be lost if tokens were chosen by `least_waste`: the present strategy loses the rest."),
  })
  .openapi("PoolForecast");

export const quotaForecast = z
  .object({
    computed_at: time,
    routing_strategy: z.string(),
    entities: z.array(entityForecast),
    pool: z.array(poolForecast).describe("One for each unit: its entities together, each until its own next reset."),
  })
  .openapi("QuotaForecast");

export const cyclesQuery = z.object({
  from: moment.optional().describe("Only cycles that ended then or later; at most the last 400 days are told."),
});

const quotaCycle = z
  .object({
    entity: z.string(),
    name: z.string(),
    unit,
    reset_at: time.describe("When the cycle ended."),
    seen_from: time.describe("Since when the gateway watched it: of what was used before it does not know by whom."),
    entitlement: amount,
    used: amount,
    used_here: amount.describe("Through the gateways of this store."),
    used_elsewhere: amount.describe("The rest: in an editor, for example."),
    lost: amount,
  })
  .openapi("QuotaCycle");

export const quotaCycles = z
  .object({ cycles: z.array(quotaCycle).describe("The latest first.") })
  .openapi("QuotaCycles");

export type QuotaForecastView = z.infer<typeof quotaForecast>;
export type EntityForecastView = z.infer<typeof entityForecast>;
export type PoolForecastView = z.infer<typeof poolForecast>;
export type QuotaCyclesView = z.infer<typeof quotaCycles>;
