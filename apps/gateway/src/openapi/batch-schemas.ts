import { z } from "@hono/zod-openapi";
import { messageRequest } from "./data-schemas.js";

// The fields of OpenAI's files and batches and of Anthropic's message batches that matter most, for readers of the API
// document.

const seconds = z.number().int();
const nullableSeconds = seconds.nullable();
const count = z.number().int().nonnegative();

export const openaiFile = z
  .looseObject({
    id: z.string(),
    object: z.literal("file"),
    bytes: count,
    created_at: seconds,
    expires_at: nullableSeconds,
    filename: z.string(),
    purpose: z.string(),
    status: z.string(),
  })
  .openapi("OpenAiFile");

export const uploadForm = z
  .object({
    file: z.string().openapi({ format: "binary", description: "JSON lines, a request each." }),
    purpose: z.literal("batch"),
  })
  .openapi("UploadFile");

export const deletedFile = z
  .object({ id: z.string(), object: z.literal("file"), deleted: z.boolean() })
  .openapi("DeletedOpenAiFile");

export const createOpenaiBatch = z
  .looseObject({
    input_file_id: z.string(),
    endpoint: z.enum(["/v1/chat/completions", "/v1/responses", "/v1/embeddings"]),
    completion_window: z.literal("24h"),
    metadata: z.record(z.string(), z.string()).nullable().optional(),
  })
  .openapi("CreateOpenAiBatch");

export const openaiBatch = z
  .looseObject({
    id: z.string(),
    object: z.literal("batch"),
    endpoint: z.string().nullable(),
    status: z.string(),
    input_file_id: z.string(),
    output_file_id: z.string().nullable(),
    error_file_id: z.string().nullable(),
    created_at: seconds,
    expires_at: seconds,
    completed_at: nullableSeconds,
    request_counts: z.object({ total: count, completed: count, failed: count }),
    errors: z.looseObject({ data: z.array(z.looseObject({ code: z.string(), message: z.string() })) }).nullable(),
    metadata: z.record(z.string(), z.string()).nullable(),
  })
  .openapi("OpenAiBatch");

export const createMessageBatch = z
  .looseObject({ requests: z.array(z.looseObject({ custom_id: z.string(), params: messageRequest })) })
  .openapi("CreateMessageBatch");

export const messageBatch = z
  .looseObject({
    id: z.string(),
    type: z.literal("message_batch"),
    processing_status: z.enum(["in_progress", "canceling", "ended"]),
    request_counts: z.object({
      processing: count,
      succeeded: count,
      errored: count,
      canceled: count,
      expired: count,
    }),
    created_at: z.string(),
    expires_at: z.string(),
    ended_at: z.string().nullable(),
    results_url: z.string().nullable(),
  })
  .openapi("MessageBatch");

export const deletedMessageBatch = z
  .object({ id: z.string(), type: z.literal("message_batch_deleted") })
  .openapi("DeletedMessageBatch");

/** A page of either API. */
export function pageOf(schema: z.ZodType) {
  return z.looseObject({
    data: z.array(schema),
    has_more: z.boolean(),
    first_id: z.string().nullable(),
    last_id: z.string().nullable(),
  });
}
