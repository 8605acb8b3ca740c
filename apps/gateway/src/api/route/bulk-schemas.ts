import { z } from "@hono/zod-openapi";
import { closedObject } from "./closed-object.js";
import { count, id } from "./fields.js";

/** What is to be done with many things at once. */
export const bulkBody = closedObject({
  action: z.enum(["enable", "disable", "delete"]),
  ids: z.array(id).min(1).max(1_000),
}).openapi("BulkChange");

export const bulkResult = z
  .object({
    done: count.describe("How many were changed."),
    failed: z.array(z.object({ id: z.string(), code: z.string(), message: z.string() })),
  })
  .openapi("BulkResult");

export type BulkBody = z.infer<typeof bulkBody>;
export type BulkResult = z.infer<typeof bulkResult>;
