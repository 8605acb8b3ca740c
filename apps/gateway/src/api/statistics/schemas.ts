import { z } from "@hono/zod-openapi";
import { amount, count, id, modelId, moment, protocol, requestOutcome, time, wholeNumber } from "../route/fields.js";

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    // An offset is no zone: it knows no summer.
    return !/^[+-]/.test(name);
  } catch {
    return false;
  }
}

/** An IANA name. */
export const timeZone = z.string().max(64).refine(isTimeZone, "must be a time zone, such as Europe/Berlin");

const times = ["5m", "hour", "day", "week", "month"] as const;
const grouping = z.enum(["model", "key", "token", "error", "protocol", "outcome", ...times]);

export const statsQuery = z.object({
  from: moment.optional().describe("Inclusive; 30 days before `to` unless given. Hours are counted as a whole."),
  to: moment.optional().describe("Exclusive; now unless given."),
  group_by: z
    .enum([...grouping.options, "team"])
    .default("day")
    .describe(
      "`error`: failed requests by their code. Times are UTC, weeks begin on Monday, `5m` goes back two days. `team`: the keys that are in it now; percentiles of several keys are null.",
    ),
  split_by: grouping
    .optional()
    .describe(
      "What each group is split by: another of model, key, token, error, protocol and outcome, or time where the groups are not.",
    ),
  tz: timeZone
    .optional()
    .describe(
      "Whose days, weeks and months rows are of; UTC unless given. Where they begin within an hour, that is divided exactly for a week, and so are `from` and `to` there. Days of more than a week ago, of models, keys, tokens and errors, may be those of UTC.",
    ),
  model: modelId.optional().describe("Only requests that this model served."),
  key: id.optional().describe("Only requests with this key."),
  token: id.optional().describe("Only requests on this token."),
  protocol: protocol.optional().describe("Only requests in this protocol."),
  outcome: requestOutcome
    .optional()
    .describe("Only requests that ended so. One at a time of `model`, `key`, `token`, `protocol` and `outcome`."),
  limit: wholeNumber(1, 500)
    .optional()
    .describe("How many groups are told by name: those with the most requests. The rest are one group, `other`."),
  fill: z
    .literal("zero")
    .optional()
    .describe("With rows by time alone, or split by nothing: adds the times without requests."),
  include: z
    .literal("output_tokens_per_second")
    .optional()
    .describe("Adds `output_tokens_per_second_p50`, which of thousands of rows takes a good part of the time."),
  compare: z.literal("previous").optional().describe("Adds the same of the span of the same length just before."),
});

const figures = {
  requests: count,
  errors: count.describe("Those that failed."),
  aborted: count.describe("Those that the client gave up."),
  input_tokens: count,
  output_tokens: count,
  cache_read_tokens: count,
  cache_write_tokens: count,
  reasoning_tokens: count,
  premium_units: amount,
  nano_aiu: amount,
  unknown_usage: count.describe(
    "Those that GitHub answered without telling the tokens; in the sums of tokens they count as none.",
  ),
  latency_p50_ms: amount.nullable(),
  latency_p95_ms: amount.nullable(),
  latency_p99_ms: amount.nullable(),
  ttft_p50_ms: amount.nullable(),
  ttft_p95_ms: amount.nullable(),
  ttft_p99_ms: amount.nullable(),
  output_tokens_per_second_p50: amount
    .nullable()
    .describe(
      "How fast an answer's tokens came after the first, in the middle of all; null unless `include` asks for it, and where no answer took 50 ms or longer.",
    ),
};

const totals = z.object({
  ...figures,
  errors_by_code: z.record(z.string(), count).describe("How many failed with each code."),
});

export const statsRow = z
  .object({
    group: z
      .string()
      .nullable()
      .describe(
        "A model's, key's or token's id, an error's code, or when the time begins; null for requests that got no model or token.",
      ),
    label: z.string().nullable().describe("The alias of a key or token; otherwise the group."),
    split: z.string().nullable().describe("As `group`, of `split_by`; null without it."),
    split_label: z.string().nullable().describe("As `label`, of `split_by`; null without it."),
    is_other: z
      .boolean()
      .describe("Whether it is what `limit` left over; its percentiles are null where it sums up several."),
    ...figures,
  })
  .openapi("StatsRow");

const span = { from: time, to: time, totals, rows: z.array(statsRow) };

export const stats = z
  .object({ ...span, previous: z.object(span).nullable().describe("Null unless `compare` asks for it.") })
  .openapi("Stats");

export const countsQuery = z.object({ from: statsQuery.shape.from, to: statsQuery.shape.to });

const countsById = z.record(z.string(), count);

/** By what the filters of requests are called. */
export const requestCounts = z
  .object({
    model: countsById,
    key: countsById.describe("By the keys' ids; requests without a managed key by what their `key_alias` says."),
    token: countsById,
    protocol: countsById,
    status: countsById.describe("By how requests ended."),
    code: countsById.describe("Failed requests by their error code."),
  })
  .openapi("RequestCounts");

/** More are not looked at side by side. */
const mostSparklines = 500;

export const sparklinesQuery = z.object({
  by: z.enum(["model", "key", "token"]),
  ids: z
    .string()
    .transform((ids) => [...new Set(ids.split(",").filter((id) => id !== ""))])
    .pipe(z.array(z.string()).max(mostSparklines))
    .optional()
    .describe(`Up to ${mostSparklines}, separated by commas; all that had requests unless given.`),
  days: wholeNumber(1, 35).default(7).describe("How many days back, today included. Up to two days are by the hour."),
});

const sparkline = z
  .object({
    id: z.string(),
    requests: z.array(count).describe("One for each of `starts`."),
    errors: z.array(count).describe("One for each of `starts`."),
  })
  .openapi("Sparkline");

export const sparklines = z
  .object({ starts: z.array(time).describe("When each stretch of time begins, in UTC."), rows: z.array(sparkline) })
  .openapi("Sparklines");

export type RequestCounts = z.infer<typeof requestCounts>;
export type Sparklines = z.infer<typeof sparklines>;
export type Stats = z.infer<typeof stats>;
export type StatsRow = z.infer<typeof statsRow>;
export type StatsQuery = z.input<typeof statsQuery>;
