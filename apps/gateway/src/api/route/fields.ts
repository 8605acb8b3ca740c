import { errorCodes } from "@copilot-llm/model";
import { z } from "@hono/zod-openapi";
import { idPattern } from "../../http/id-header.js";

/** ISO 8601 UTC, as every time in our own routes. */
export const time = z.iso.datetime();
export const nullableTime = time.nullable();
const exampleTime = "2026-01-31T12:00:00Z";
/** What clients may send: any offset. */
export const anyTime = z.iso.datetime({ offset: true, error: `must be a time such as ${exampleTime}` });
/** What ranges are bounded by: a time or a day. */
export const moment = z.union([anyTime, z.iso.date()], {
  error: `must be a time such as ${exampleTime}, or a day such as 2026-01-31`,
});
export const count = z.number().int().nonnegative();
export const amount = z.number().nonnegative();
/** Unicode's `Cc` and the two separators. Without a flag, because the API document has no place for one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it keeps out.
const oneLine = /^[^\u0000-\u001f\u007f-\u009f\u2028\u2029]*$/;
/** One line: neither a log, a header nor a table can be broken with it. */
export const line = z.string().trim().regex(oneLine, "must not have control characters");
export const alias = line.min(1).max(100);
export const recordingMode = z.enum(["full", "metadata", "off"]);
export const protocol = z.enum(["openai-chat", "openai-responses", "anthropic-messages", "openai-embeddings"]);
export const requestOutcome = z.enum(["completed", "failed", "aborted"]);
export const userRole = z.enum(["admin", "viewer"]);
export const modelId = line.min(1).max(200);
/** Whether there is such a thing is another question. */
export const id = z.string().regex(idPattern, "must be an id: letters, digits and . _ : - only");
export const idParam = { params: z.object({ id }) };
/** A whole number in an address; `max` null: as large as one likes. */
export function wholeNumber(min: number, max: number | null) {
  const error =
    max === null ? `must be a whole number, at least ${min}` : `must be a whole number from ${min} to ${max}`;
  const number = z.coerce.number({ error }).int({ error }).min(min, { error });
  return max === null ? number : number.max(max, { error });
}
/** For a search: any text that a store can hold. */
export const searchText = line.min(1).max(200);

/** For a schema with a name: `nullable()` would let the named one be null wherever the document refers to it. */
export function orNull<Schema extends z.ZodType>(schema: Schema): z.ZodUnion<readonly [Schema, z.ZodNull]> {
  return z.union([schema, z.null()]);
}

export const apiErrorBody = z
  .object({ error: z.object({ code: z.enum(errorCodes), message: z.string(), request_id: z.string() }) })
  .openapi("ApiError");

/** Where a model request's answer is passed on, a refusal comes in the words of its protocol. */
export const passedOnError = z
  .union([apiErrorBody, z.looseObject({ error: z.looseObject({ message: z.string() }) })])
  .openapi("PassedOnError");

export type ApiErrorBody = z.infer<typeof apiErrorBody>;
