import { errorCodes } from "@copilot-llm/model";
import { z } from "@hono/zod-openapi";
import {
  amount,
  count,
  id,
  line,
  moment,
  nullableTime,
  protocol,
  recordingMode,
  requestOutcome,
  searchText,
  time,
  wholeNumber,
} from "../route/fields.js";

const mostCredits = 1_000_000;
const amountWords = `must be a number above 0, at most ${mostCredits}`;

/** What recorded requests can be narrowed by, one by one or by their sessions. */
export const requestFilter = {
  model: searchText.optional().describe("The model that served."),
  key: id.optional().describe("A key's id."),
  token: id.optional().describe("A GitHub token's id."),
  status: requestOutcome.optional(),
  code: z.enum(errorCodes).optional().describe("The error code that a request failed with."),
  client: searchText.optional().describe("Text that occurs in the client's user agent, in any case of A to Z."),
  session: id.optional().describe("A session's id."),
  protocol: protocol.optional(),
  text: line.max(500).optional().describe("Text that occurs in a request or its answer, in any case."),
  from: moment.optional(),
  to: moment.optional(),
  min_ms: wholeNumber(0, null)
    .optional()
    .describe("Only requests that took at least so many milliseconds, from their arrival to the end of their answer."),
  min_credits: z.coerce
    .number({ error: amountWords })
    .positive({ error: amountWords })
    .max(mostCredits, { error: amountWords })
    .optional()
    .describe("Only requests that cost at least so many AI credits; parts of one may be given, such as 0.25."),
};

export const pageCursor = line.max(1_000).optional().describe("The `next_cursor` of the page before.");

const requestAttempt = z.object({
  token_id: z.string(),
  status: z.number().nullable(),
  failure: z.string().nullable(),
  duration_ms: amount,
  changes: z
    .array(z.string())
    .describe(
      "What of the request was changed for the service: rules by their names, and what a refusal made it do without.",
    ),
});

export const requestFacts = z
  .object({
    id: z.string().describe("The `x-request-id` that the request's client got."),
    session_id: z.string(),
    at: time,
    key_id: z.string().nullable(),
    key_alias: z.string(),
    token_id: z.string().nullable(),
    token_alias: z.string().nullable(),
    client_ip: z.string().nullable(),
    user_agent: z.string().nullable(),
    operation: z.enum(["generate", "embed", "count_tokens"]),
    protocol,
    wire: protocol.nullable(),
    stream: z.boolean(),
    model_asked: z.string(),
    model_used: z.string().nullable(),
    initiator: z.enum(["user", "agent"]),
    attempts: z.array(requestAttempt),
    outcome: requestOutcome,
    status: z.number(),
    error_code: z.string().nullable(),
    ttft_ms: amount.nullable(),
    duration_ms: amount,
    input_tokens: count.nullable(),
    output_tokens: count.nullable(),
    cache_read_tokens: count.nullable(),
    cache_write_tokens: count.nullable(),
    reasoning_tokens: count.nullable(),
    premium_units: amount,
    nano_aiu: amount.nullable(),
    recording: recordingMode,
  })
  .openapi("RequestFacts");

export const requestList = z
  .object({
    requests: z.array(requestFacts),
    next_cursor: z.string().nullable().describe("Null at the end. A page may be shorter than its limit before that."),
    searched_to: nullableTime.describe("How far back a search by `text` has looked, where pages follow."),
  })
  .openapi("RequestList");

export const requestListQuery = z.object({
  ...requestFilter,
  limit: wholeNumber(1, 200).default(20),
  cursor: pageCursor,
});

export const requestDetail = requestFacts
  .extend({
    request_bytes: count
      .nullable()
      .describe("How long the client's body is; null where it was not recorded, or is gone."),
    response_bytes: count
      .nullable()
      .describe("How long the answer's body is; null where it was not recorded, or is gone."),
  })
  .openapi("RequestDetail");

export const streamEventsQuery = z.object({
  limit: wholeNumber(1, 5_000).default(500),
  offset: wholeNumber(0, null).default(0).describe("How many events to pass over."),
});

export const streamEvents = z
  .object({
    total: count.describe("How many events the stream had."),
    events: z.array(
      z.object({
        event: z.string().nullable().describe("Its name, where the stream gives one."),
        data: z.string(),
        at_ms: amount
          .nullable()
          .describe("Milliseconds from the request's start to the event's last byte; null where no times were kept."),
      }),
    ),
  })
  .openapi("StreamEvents");

export type StreamEvents = z.infer<typeof streamEvents>;
export type RequestFacts = z.infer<typeof requestFacts>;
export type RequestList = z.infer<typeof requestList>;
export type RequestDetail = z.infer<typeof requestDetail>;
export type RequestQuery = z.input<typeof requestListQuery>;
