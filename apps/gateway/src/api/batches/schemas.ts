import { z } from "@hono/zod-openapi";
import { count, id, nullableTime, protocol, time, wholeNumber } from "../route/fields.js";

const maxLimit = 200;

const batchStatus = z.enum(["validating", "in_progress", "cancelling", "completed", "cancelled", "expired", "failed"]);

const batchCounts = z
  .object({
    total: count,
    pending: count,
    running: count,
    succeeded: count,
    errored: count,
    cancelled: count,
    expired: count,
  })
  .openapi("BatchCounts");

export const batchView = z
  .object({
    id: z.string(),
    api: z.enum(["openai", "anthropic"]),
    protocol: protocol.describe("What its requests are."),
    key_id: z.string().nullable().describe("The key that pays; null without a managed one."),
    owner: z.string().describe("The key's alias when the batch was made, or who else made it."),
    status: batchStatus,
    counts: batchCounts,
    metadata: z.record(z.string(), z.string()),
    created_at: time,
    started_at: nullableTime,
    cancel_requested_at: nullableTime,
    ended_at: nullableTime,
    expires_at: time.describe("What has not run by then does not run."),
    problems: z
      .array(z.object({ line: count.nullable(), code: z.string(), message: z.string(), param: z.string().nullable() }))
      .describe("Why it failed."),
  })
  .openapi("Batch");

export const batchRunner = z
  .object({
    state: z
      .enum(["off", "quiet", "running", "waiting", "idle"])
      .describe(
        "`off`: batches are turned off. `quiet`: it is one of the quiet hours. `running`: items are under way. `waiting`: there are items, but no quota to spare for them now, or interactive requests wait. `idle`: nothing is left to run.",
      ),
    until: nullableTime.describe("When that changes by itself, where it is known."),
    running: count.describe("Items under way on this gateway."),
  })
  .openapi("BatchRunner");

export const batchQuery = z.object({
  limit: wholeNumber(1, maxLimit).default(50),
  cursor: id.optional().describe("`next_cursor` of the page before."),
});

export const batchPage = z
  .object({
    batches: z.array(batchView),
    next_cursor: z.string().nullable(),
    runner: batchRunner.describe("How this gateway works on batches."),
  })
  .openapi("BatchPage");

const itemStates = ["succeeded", "errored", "cancelled", "expired"] as const;

export const batchItemsQuery = z.object({
  state: z.enum(itemStates).optional().describe("Only items that ended so; all that ended unless given."),
  limit: wholeNumber(1, maxLimit).default(50),
  cursor: wholeNumber(0, null).optional().describe("`next_cursor` of the page before."),
});

export const batchItemPage = z
  .object({
    items: z.array(
      z.object({
        index: count.describe("Its place in the batch, from 0 on."),
        custom_id: z.string(),
        state: z.enum(itemStates),
        status: count.nullable().describe("The HTTP status of its answer; null where it did not run."),
        request_id: z.string().nullable().describe("The recorded request that it made; null where it made none."),
        error: z
          .object({ code: z.string().nullable(), message: z.string().nullable() })
          .nullable()
          .describe("Why it failed, as its answer says."),
      }),
    ),
    next_cursor: count.nullable(),
  })
  .openapi("BatchItemPage");

export type BatchItemPage = z.infer<typeof batchItemPage>;
export type BatchView = z.infer<typeof batchView>;
export type BatchPage = z.infer<typeof batchPage>;
export type BatchRunnerView = z.infer<typeof batchRunner>;
