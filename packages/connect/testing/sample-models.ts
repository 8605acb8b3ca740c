import { decodeConnectModels } from "../src/models/decode-connect-models.js";

/** A catalogue as `GET /openai/v1/models` gives it: one model of every kind. */
export const modelList = {
  object: "list",
  data: [
    item("gpt-3.5-turbo", { context_window: 16_384, billing_multiplier: 0 }),
    item("claude-haiku-4.5", { supported_endpoints: ["/chat/completions", "/v1/messages"], billing_multiplier: 0.33 }),
    item("claude-sonnet-4.6", { supported_endpoints: ["/chat/completions", "/v1/messages"], billing_multiplier: 1 }),
    item("claude-opus-4.7", { supported_endpoints: ["/v1/messages"], billing_multiplier: 7.5 }),
    item("gpt-5-mini", { supported_endpoints: ["/chat/completions", "/responses"], billing_multiplier: 0 }),
    item("gpt-5.3-codex", { supported_endpoints: ["/responses"], billing_multiplier: 1 }),
    item("talker", { capabilities: { type: "chat", tool_calls: false, vision: false }, billing_multiplier: 0 }),
    item("text-embedding-3-small", { capabilities: { type: "embeddings" } }),
  ],
};

/** The same, decoded. */
export const sampleModels = decodeConnectModels(modelList);

function item(id: string, more: Readonly<Record<string, unknown>>) {
  return {
    id,
    name: id.toUpperCase(),
    billing_multiplier: null,
    token_prices: null,
    context_window: 200_000,
    max_output_tokens: 32_000,
    capabilities: { type: "chat", tool_calls: true, vision: true },
    supported_endpoints: ["/chat/completions"],
    ...more,
  };
}
