import { z } from "@hono/zod-openapi";
import { amount, count, time } from "../route/fields.js";

const alertSubject = z.object({ kind: z.enum(["token", "key"]), id: z.string(), alias: z.string() });

export const alertView = z
  .object({
    id: z.string().describe("Stays the same while the alert stands."),
    severity: z.enum(["critical", "warning", "info"]),
    code: z
      .enum([
        "store_failing",
        "no_token_serves",
        "error_rate_high",
        "nothing_recorded",
        "token_refused",
        "token_exhausted",
        "pool_quota_low",
        "quota_low",
        "key_near_limit",
        "key_limited",
        "key_expiring",
      ])
      .describe("What it is about; the reader's language finds the words."),
    subject: alertSubject.nullable(),
    values: z
      .record(z.string(), z.union([z.string(), z.number(), z.null()]))
      .describe("What the words need: figures, times, a reason."),
  })
  .openapi("Alert");

export const gatewayStatus = z
  .object({
    serving: z.boolean().describe("Whether a token can serve requests and records can be written."),
    reason: z.string().nullable().describe("Why it cannot serve."),
    version: z.string(),
    started_at: time,
    public_url: z.string().nullable().describe("The address that clients use, where `PUBLIC_URL` says so."),
    tokens: z
      .object({
        checking: count,
        active: count,
        cooling: count,
        exhausted: count,
        auth_failed: count,
        disabled: count,
      })
      .describe("How many GitHub tokens are in each state."),
    running: count.describe("Requests under way on tokens of this gateway."),
    waiting: count.describe("Requests that wait for a place on a token."),
    store: z.object({
      kind: z.enum(["embedded", "postgres"]),
      healthy: z.boolean(),
      reason: z.string().nullable().describe("Why records cannot be written."),
      lag_ms: amount.describe("How long the oldest record that is not kept yet has been waiting for it."),
      bytes: count
        .nullable()
        .describe("What the store takes on its disk, within a minute; a backup is about as large. Null: not known."),
      recording_bytes: count
        .nullable()
        .describe("What recorded requests take of that: their bodies; with PostgreSQL records and bodies."),
    }),
    alerts: z.array(alertView).describe("What wants attention, the gravest first."),
  })
  .openapi("GatewayStatus");

export type AlertView = z.infer<typeof alertView>;
export type GatewayStatus = z.infer<typeof gatewayStatus>;
