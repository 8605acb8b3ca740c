import { type CatalogueModel, GatewayError } from "@copilot-llm/model";
import { encodeOpenaiModelList } from "@copilot-llm/protocols";
import * as z from "zod";

const priceSchema = z
  .object({ input: z.number(), output: z.number(), cache_read: z.number(), cache_write: z.number() })
  .describe("AI credits per million tokens; 1 credit is US$0.01");

const modelSchema = z.object({
  id: z.string().describe("What to give as `model` to the chat tool"),
  name: z.string(),
  vendor: z.string(),
  type: z.string().describe("chat, embeddings or other; the chat tool takes chat models"),
  is_premium: z.boolean().describe("True when answers draw on the premium quota"),
  billing_multiplier: z.number().nullable().describe("Premium requests that one message costs; null: billed by tokens"),
  token_prices: priceSchema.nullable(),
  context_window: z.number().nullable().describe("Tokens"),
  max_output_tokens: z.number().nullable(),
  vision: z.boolean().describe("Takes images"),
  tool_calls: z.boolean(),
  reasoning_efforts: z.array(z.string()),
  supported_endpoints: z.array(z.string()),
});

export type Model = z.infer<typeof modelSchema>;

/** What `list_models` and `models://catalog` answer. */
export const catalogueSchema = z.object({
  models: z.array(modelSchema),
  default_model: z.string().nullable().describe("The model that a chat without `model` goes to"),
});

export type Catalogue = z.infer<typeof catalogueSchema>;

/** One of the gateway's `GET /openai/v1/models`. */
const openaiModelSchema = z.looseObject({
  id: z.string(),
  owned_by: z.string().nullish(),
  name: z.string().nullish(),
  billing_multiplier: z.number().nullish(),
  is_premium: z.boolean().nullish(),
  token_prices: priceSchema.nullish(),
  context_window: z.number().nullish(),
  max_output_tokens: z.number().nullish(),
  capabilities: z
    .looseObject({
      type: z.string().nullish(),
      vision: z.boolean().nullish(),
      tool_calls: z.boolean().nullish(),
      reasoning_efforts: z.array(z.string()).nullish(),
    })
    .nullish(),
  supported_endpoints: z.array(z.string()).nullish(),
});

const openaiModelListSchema = z.looseObject({ data: z.array(openaiModelSchema) });

/** The models of an OpenAI-shaped list; what an item lacks is null, false or empty. Throws `upstream_error` otherwise. */
export function parseOpenaiModels(value: unknown): readonly Model[] {
  const parsed = openaiModelListSchema.safeParse(value);
  if (!parsed.success) throw new GatewayError("upstream_error", "The gateway's model list cannot be understood.");
  return parsed.data.data.map(encodeModel);
}

export function encodeModels(models: readonly CatalogueModel[]): readonly Model[] {
  return parseOpenaiModels(encodeOpenaiModelList(models));
}

function encodeModel(model: z.infer<typeof openaiModelSchema>): Model {
  return {
    id: model.id,
    name: model.name ?? model.id,
    vendor: model.owned_by ?? "unknown",
    type: model.capabilities?.type ?? "chat",
    is_premium: model.is_premium ?? false,
    billing_multiplier: model.billing_multiplier ?? null,
    token_prices: model.token_prices ?? null,
    context_window: model.context_window ?? null,
    max_output_tokens: model.max_output_tokens ?? null,
    vision: model.capabilities?.vision ?? false,
    tool_calls: model.capabilities?.tool_calls ?? false,
    reasoning_efforts: model.capabilities?.reasoning_efforts ?? [],
    supported_endpoints: model.supported_endpoints ?? [],
  };
}
