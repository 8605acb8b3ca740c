import { z } from "@hono/zod-openapi";
import { apiKeyView } from "../keys/schemas.js";
import { amount, count, nullableTime, requestOutcome, time } from "../route/fields.js";
import { alertView } from "../status/schemas.js";
import { tokenStatus } from "../tokens/schemas.js";

/** The data of an event `token_state`. */
export const liveTokenState = z
  .object({
    token_id: z.string(),
    alias: z.string().nullable(),
    status: tokenStatus.nullable().describe("Null once the token was removed."),
    error_message: z.string().nullable(),
    cooling_until: nullableTime,
  })
  .openapi("LiveTokenState");

/** The data of an event `request_started`. */
export const liveStartedRequest = z
  .object({
    id: z.string(),
    sent_at: time.describe("When it was sent to GitHub for the first time."),
    key_id: z.string().nullable(),
    key_alias: z.string(),
    token_id: z.string().describe("The GitHub token that is tried first."),
    token_alias: z.string().nullable(),
    model: z.string(),
    protocol: z.string(),
    user_agent: z.string().nullable(),
  })
  .openapi("LiveStartedRequest");

/** The data of an event `request`: one that has ended. */
export const liveRequest = z
  .object({
    id: z.string(),
    session_id: z.string(),
    started_at: time,
    key_id: z.string().nullable(),
    key_alias: z.string(),
    token_id: z.string().nullable(),
    token_alias: z.string().nullable(),
    model: z.string().nullable(),
    protocol: z.string(),
    initiator: z.enum(["user", "agent"]),
    user_agent: z.string().nullable(),
    outcome: requestOutcome,
    status: z.number(),
    error_code: z.string().nullable(),
    duration_ms: count,
    ttft_ms: count.nullable(),
    input_tokens: count,
    output_tokens: count,
    premium_units: amount,
    nano_aiu: amount.nullable(),
  })
  .openapi("LiveRequest");

/** The data of an event `key_changed`. */
export const liveKeyChange = z
  .object({ key_id: z.string().describe("The key was created, changed or deleted.") })
  .openapi("LiveKeyChange");

/** The data of an event `key_state`. */
export const liveKeyState = apiKeyView
  .pick({ alias: true, state: true, limited_by: true, resets_at: true })
  .extend({ key_id: z.string() })
  .openapi("LiveKeyState");

/** The data of an event `alert`. */
export const liveAlert = alertView
  .extend({ stands: z.boolean().describe("False: it wants no attention any more.") })
  .openapi("LiveAlert");

/** What `GET /api/events` sends, by the event's name. */
export const liveEvents = z
  .object({
    token_state: liveTokenState,
    request_started: liveStartedRequest,
    request: liveRequest,
    key_state: liveKeyState,
    key_changed: liveKeyChange,
    settings_changed: z.object({}),
    alert: liveAlert,
    gap: z.object({}).describe("Events were missed and cannot be told again: read anew what is shown."),
  })
  .partial()
  .openapi("LiveEvents");

/** The data of any event. */
export type LiveEventData =
  | LiveTokenState
  | LiveStartedRequest
  | LiveRequest
  | LiveKeyState
  | LiveKeyChange
  | LiveAlert
  | Record<string, never>;

export type LiveTokenState = z.infer<typeof liveTokenState>;
export type LiveRequest = z.infer<typeof liveRequest>;
export type LiveStartedRequest = z.infer<typeof liveStartedRequest>;
export type LiveKeyState = z.infer<typeof liveKeyState>;
export type LiveAlert = z.infer<typeof liveAlert>;
export type LiveKeyChange = z.infer<typeof liveKeyChange>;
