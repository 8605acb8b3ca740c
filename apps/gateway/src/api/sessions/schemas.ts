import { z } from "@hono/zod-openapi";
import { pageCursor, requestFacts, requestFilter } from "../requests/schemas.js";
import { closedObject } from "../route/closed-object.js";
import { exportFormat } from "../route/export-format.js";
import { amount, count, id, nullableTime, protocol, requestOutcome, time, wholeNumber } from "../route/fields.js";

export const sessionQuery = z.object({
  ...requestFilter,
  limit: wholeNumber(1, 200).default(50),
  cursor: pageCursor,
});
export const sessionExportQuery = z.object({ ...requestFilter, format: exportFormat });

export const sessionSummary = z
  .object({
    id: z.string(),
    title: z
      .string()
      .nullable()
      .describe("The user's first words; null where they were not recorded, or are no words."),
    first_at: time,
    last_at: time,
    requests: count,
    errors: count,
    input_tokens: count,
    output_tokens: count,
    premium_units: amount,
    nano_aiu: amount,
    models: z.array(z.string()),
    token_aliases: z.array(z.string()),
    key_id: z.string().nullable(),
    key_alias: z.string(),
    protocol,
    status: requestOutcome.describe("How the latest request ended."),
    error_code: z.string().nullable().describe("The latest request's; null where it did not fail."),
    client: z.string().nullable().describe("The user agent of the latest request."),
    initiator: z.enum(["user", "agent"]).describe("Who began the latest request."),
    duration_ms: amount.describe("From the beginning of the first request to the end of the latest."),
  })
  .openapi("Session");

export const sessionPage = z
  .object({
    sessions: z.array(sessionSummary),
    next_cursor: z.string().nullable(),
    searched_to: nullableTime.describe(
      "How far back a search by `text` has looked, where pages follow; null where that cannot be told.",
    ),
  })
  .openapi("SessionPage");

export const recordedRequest = requestFacts
  .extend({
    request: z
      .string()
      .nullable()
      .describe("The body as the client sent it; null where it was not recorded, or is gone."),
    response: z
      .string()
      .nullable()
      .describe("The body as the client got it; null where it was not recorded, or is gone."),
  })
  .openapi("RecordedRequest");

export const sessionDetailQuery = z.object({
  bodies: z
    .enum(["include", "omit"])
    .default("include")
    .describe("Whether the requests come with their bodies. Each repeats the conversation so far: omit them."),
});

export const sessionDetail = sessionSummary.extend({ records: z.array(recordedRequest) }).openapi("SessionDetail");

const option = z.object({ id: z.string(), label: z.string() });
export const sessionFilterOptions = z
  .object({ models: z.array(z.string()), keys: z.array(option), tokens: z.array(option) })
  .openapi("SessionFilterOptions");

export const batchDeleteBody = closedObject({ ids: z.array(id).min(1).max(1_000) }).openapi("BatchDelete");
export const batchDeleteResult = z.object({ deleted: count }).openapi("BatchDeleted");
export const continueBody = closedObject({ message: z.string().min(1) }).openapi("ContinueSession");

export type SessionView = z.infer<typeof sessionSummary>;
export type SessionPage = z.infer<typeof sessionPage>;
export type SessionQuery = z.input<typeof sessionQuery>;
export type SessionDetail = z.infer<typeof sessionDetail>;
export type RecordedRequestView = z.infer<typeof recordedRequest>;
export type SessionFilterOptions = z.infer<typeof sessionFilterOptions>;
