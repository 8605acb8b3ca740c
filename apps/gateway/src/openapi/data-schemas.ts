import { z } from "@hono/zod-openapi";

// The fields of the clients' own APIs that matter most, for readers of the API document. Requests are not validated by
// these: what they do not name goes through as well.

const content = z.union([z.string(), z.array(z.looseObject({ type: z.string() }))]);
const tools = z.array(z.looseObject({})).optional();
const model = z.string().openapi({ example: "gpt-5-mini" });
const stream = z.boolean().optional();
const tokenCount = z.number().int().nonnegative();

export const chatCompletionRequest = z
  .looseObject({
    model,
    messages: z.array(z.looseObject({ role: z.enum(["system", "developer", "user", "assistant", "tool"]), content })),
    stream,
    max_completion_tokens: tokenCount.optional(),
    temperature: z.number().optional(),
    tools,
    response_format: z.looseObject({ type: z.string() }).optional(),
  })
  .openapi("ChatCompletionRequest");

export const chatCompletion = z
  .looseObject({
    id: z.string(),
    object: z.literal("chat.completion"),
    model: z.string(),
    choices: z.array(z.looseObject({ index: z.number(), finish_reason: z.string().nullable() })),
    usage: z.looseObject({ prompt_tokens: tokenCount, completion_tokens: tokenCount }).optional(),
  })
  .openapi("ChatCompletion");

export const responseRequest = z
  .looseObject({
    model,
    input: content,
    instructions: z.string().nullable().optional(),
    stream,
    max_output_tokens: tokenCount.nullable().optional(),
    previous_response_id: z.string().nullable().optional(),
    tools,
  })
  .openapi("ResponseRequest");

export const responseObject = z
  .looseObject({
    id: z.string(),
    object: z.literal("response"),
    status: z.string(),
    model: z.string(),
    output: z.array(z.looseObject({ type: z.string() })),
  })
  .openapi("Response");

export const embeddingRequest = z
  .looseObject({ model, input: z.union([z.string(), z.array(z.unknown())]), dimensions: tokenCount.optional() })
  .openapi("EmbeddingRequest");

export const embeddingList = z
  .looseObject({
    object: z.literal("list"),
    data: z.array(z.looseObject({ index: z.number(), embedding: z.union([z.array(z.number()), z.string()]) })),
  })
  .openapi("EmbeddingList");

export const messageRequest = z
  .looseObject({
    model: z.string().openapi({ example: "claude-sonnet-4.6" }),
    max_tokens: tokenCount,
    messages: z.array(z.looseObject({ role: z.enum(["user", "assistant"]), content })),
    system: content.optional(),
    stream,
    tools,
    thinking: z.looseObject({ type: z.string() }).optional(),
  })
  .openapi("MessageRequest");

export const message = z
  .looseObject({
    id: z.string(),
    type: z.literal("message"),
    model: z.string(),
    content: z.array(z.looseObject({ type: z.string() })),
    stop_reason: z.string().nullable(),
    usage: z.looseObject({ input_tokens: tokenCount, output_tokens: tokenCount }),
  })
  .openapi("Message");

export const countTokensRequest = z
  .looseObject({ model: z.string(), messages: z.array(z.looseObject({})), tools })
  .openapi("CountTokensRequest");

export const tokenCountResult = z.object({ input_tokens: tokenCount }).openapi("TokenCount");

export const openaiModel = z
  .looseObject({
    id: z.string(),
    object: z.literal("model"),
    billing_multiplier: z.number().nullable(),
    is_premium: z.boolean(),
    context_window: z.number().nullable(),
    max_output_tokens: z.number().nullable(),
    supported_endpoints: z.array(z.string()),
  })
  .openapi("Model");

export const anthropicModel = z
  .looseObject({ type: z.literal("model"), id: z.string(), display_name: z.string() })
  .openapi("AnthropicModel");

export const openaiError = z
  .object({
    error: z.looseObject({
      message: z.string(),
      type: z.string(),
      code: z.string().nullable(),
      param: z.string().nullable(),
    }),
  })
  .openapi("OpenAiError");

export const anthropicError = z
  .looseObject({ type: z.literal("error"), error: z.looseObject({ type: z.string(), message: z.string() }) })
  .openapi("AnthropicError");
