import type { ModelOverviewList, ModelResolutionView } from "./schemas.js";

export const modelOverviewList: ModelOverviewList = {
  models: [
    {
      id: "claude-sonnet-4.6",
      name: "Claude Sonnet 4.6",
      vendor: "Anthropic",
      preview: false,
      billing_multiplier: 1,
      is_premium: true,
      token_prices: null,
      context_window: 200_000,
      max_output_tokens: 64_000,
      billing: [{ unit: "premium_requests", multiplier: 1, prices: null, token_ids: ["tok_01KB6M3T7Z8W2Q4R"] }],
      warnings: [],
      capabilities: { supports: { tool_calls: true, vision: true } },
      supported_endpoints: ["/chat/completions", "/v1/messages"],
      aliases: ["sonnet"],
      fallbacks: ["gpt-5-mini"],
      tokens: [{ id: "tok_01KB6M3T7Z8W2Q4R", alias: "alice" }],
      lacking_tokens: [{ id: "tok_01KB6M3T7Z8W2Q4S", alias: "bob", reason: "policy" }],
    },
  ],
};

export const modelResolution: ModelResolutionView = {
  name: "sonnet",
  model: "claude-sonnet-4.6",
  via: "alias",
  alias_of: "claude-sonnet-4.6",
  close_matches: [],
};
